package org.soebm.examples.shiftstaffing.existing;

/** What an employee may do. */
public enum Skill {
    TILL,
    KEYS
}
