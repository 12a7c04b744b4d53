package org.soebm.examples.shiftstaffing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.soebm.examples.shiftstaffing.existing.Employee;
import org.soebm.examples.shiftstaffing.existing.Shift;
import org.soebm.examples.shiftstaffing.existing.Store;

/** Who could work when: each employee in each shift of the days that are not off, in an order that numbers them. */
final class WorkingTimes {
    /** An employee in a shift. */
    record WorkingTime(Employee employee, Shift shift) {
        /** For names of columns. */
        String name() {
            return employee.name() + " " + shift.day() + " " + shift.period();
        }
    }

    /** All of the store. */
    static final List<WorkingTime> ALL = all();

    private static final Map<WorkingTime, Integer> INDEX = index();

    private WorkingTimes() {}

    private static List<WorkingTime> all() {
        List<WorkingTime> all = new ArrayList<>();
        for (Employee employee : Store.EMPLOYEES) {
            for (Shift shift : Shift.OF_WEEK) {
                if (!employee.daysOff().contains(shift.day())) {
                    all.add(new WorkingTime(employee, shift));
                }
            }
        }
        return List.copyOf(all);
    }

    private static Map<WorkingTime, Integer> index() {
        Map<WorkingTime, Integer> index = new HashMap<>();
        for (int i = 0; i < ALL.size(); i++) {
            index.put(ALL.get(i), i);
        }
        return index;
    }

    /** The position in {@link #ALL}. */
    static int index(Employee employee, Shift shift) {
        Integer index = INDEX.get(new WorkingTime(employee, shift));
        if (index == null) {
            throw new IllegalArgumentException(employee.name() + " is off on " + shift.day() + ".");
        }
        return index;
    }
}
