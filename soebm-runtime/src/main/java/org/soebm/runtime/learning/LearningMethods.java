package org.soebm.runtime.learning;

import java.util.List;
import java.util.stream.Collectors;

/** The learning methods of this library. */
public final class LearningMethods {
    /** The name of the method that is taken where none is named. */
    public static final String USUAL = "so-ebm";

    private static final List<LearningMethod> ALL = List.of(
            new TwoStage(),
            new TwoStageTuned(),
            new PolicyNet(),
            new DflQpth(),
            new DflCvx(),
            new DflBlock(),
            new DflSurrogate(),
            new SoEbm(),
            new SoEbmNoMle(),
            new SoEbmNoKl(),
            new SoEbmLangevin(),
            new SpoPlus(),
            new PerturbedFenchelYoung(),
            new NoiseContrastive(),
            new ListwiseRanking(),
            new BlackBox());

    private LearningMethods() {}

    /** All methods. */
    public static List<LearningMethod> all() {
        return ALL;
    }

    /**
     * The method of a name.
     *
     * @throws IllegalArgumentException when there is none; lists those that there are
     */
    public static LearningMethod named(String name) {
        for (LearningMethod method : ALL) {
            if (method.name().equals(name)) {
                return method;
            }
        }
        throw new IllegalArgumentException("There is no method named " + name + "; there are: "
                + ALL.stream().map(LearningMethod::name).collect(Collectors.joining(", ")) + ".");
    }
}
