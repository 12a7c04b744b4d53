import java.nio.file.Path;
import java.util.Arrays;
import org.soebm.api.solver.Decision;
import org.soebm.runtime.data.TableFiles;
import org.soebm.runtime.inference.DecisionModel;

/** Decides for the first row of a file: {@code java -cp … Decide.java MODEL FILE}. */
public final class Decide {
    public static void main(String[] args) {
        decide(Path.of(args[0]), TableFiles.read(Path.of(args[1])).row(0));
    }

    private static void decide(Path folder, double[] features) {
        try (DecisionModel model = DecisionModel.load(folder)) {
            Decision decision = model.decide(features);
            System.out.println(Arrays.toString(decision.values()));
            System.out.println("Expected cost: " + decision.cost());
        }
    }
}
