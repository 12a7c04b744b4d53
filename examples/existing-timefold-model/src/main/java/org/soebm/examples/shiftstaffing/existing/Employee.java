package org.soebm.examples.shiftstaffing.existing;

import java.time.DayOfWeek;
import java.util.Set;

/**
 * Somebody who works in the store.
 *
 * @param wage for one shift, in cents
 * @param maximumShifts how many shifts a week at most
 * @param daysOff when not to be scheduled
 * @param unloved shifts to avoid
 */
public record Employee(
        String name, Set<Skill> skills, int wage, int maximumShifts, Set<DayOfWeek> daysOff, Set<Period> unloved) {
    /** Whether the employee may open and close the store. */
    public boolean hasKeys() {
        return skills.contains(Skill.KEYS);
    }
}
