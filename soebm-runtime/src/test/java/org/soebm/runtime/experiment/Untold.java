package org.soebm.runtime.experiment;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.NativeModel;
import org.soebm.api.task.Task;
import org.soebm.runtime.fixture.CoordinateSolverProvider;

/** Parts of tasks whose classes are in no file. */
final class Untold {
    private Untold() {}

    static NativeModel model(String fingerprint) {
        return of(NativeModel.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "solver" -> CoordinateSolverProvider.NAME;
            case "fingerprint", "description" -> fingerprint;
            case "scenarioCount" -> 0;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    /** A task of two decisions with a native model in its feasible set, which its solver overlooks. */
    static Task task(Task like, NativeModel model) {
        return of(Task.class, (proxy, method, arguments) -> {
            if (method.getName().equals("constraints")) {
                return ConstraintSet.builder(2).box(0, 10).nativeModel(model).build();
            }
            try {
                return method.invoke(like, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private static <T> T of(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
