package org.soebm.api.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResidualPenaltyTest {
    /** Of the natural scale, which grows like the penalty does: |w₁|, |w₂| times |m| + s, |w₃|, |w₄| times (|m| + s)². */
    private static final double TOLERANCE = 1e-13;

    /** A Gaussian residual. */
    record Gaussian(double mean, double std) {
        double kink() {
            return -mean / std;
        }

        double scale() {
            return Math.abs(mean) + std;
        }
    }

    @Property(tries = 2000)
    void expectationMatchesNumericalIntegration(
            @ForAll("penalties") ResidualPenalty phi, @ForAll("residuals") Gaussian r) {
        double integral = Expectation.of(e -> phi.value(r.mean() + r.std() * e), r.kink());
        assertThat(phi.expectation(r.mean(), r.std()))
                .isCloseTo(integral, within(TOLERANCE * valueScale(phi, r.scale())));
    }

    @Property(tries = 2000)
    void expectedDerivativeMatchesNumericalIntegration(
            @ForAll("penalties") ResidualPenalty phi, @ForAll("residuals") Gaussian r) {
        double integral = Expectation.of(e -> phi.derivative(r.mean() + r.std() * e), r.kink());
        assertThat(phi.expectedDerivative(r.mean(), r.std()))
                .isCloseTo(integral, within(TOLERANCE * slopeScale(phi, r.scale())));
    }

    @Property(tries = 2000)
    void expectedStdDerivativeMatchesNumericalIntegration(
            @ForAll("penalties") ResidualPenalty phi, @ForAll("residuals") Gaussian r) {
        double integral = Expectation.of(e -> e * phi.derivative(r.mean() + r.std() * e), r.kink());
        assertThat(phi.expectedStdDerivative(r.mean(), r.std()))
                .isCloseTo(integral, within(TOLERANCE * slopeScale(phi, r.scale())));
    }

    @Property(tries = 2000)
    void expectedCurvatureMatchesNumericalIntegration(
            @ForAll("penalties") ResidualPenalty phi, @ForAll("residuals") Gaussian r) {
        // ∂²/∂m² E φ(m + sε) = E[ε φ'(m + sε)] / s, by parts.
        double integral = Expectation.of(e -> e * phi.derivative(r.mean() + r.std() * e), r.kink()) / r.std();
        assertThat(phi.expectedCurvature(r.mean(), r.std()))
                .isCloseTo(integral, within(TOLERANCE * slopeScale(phi, r.scale()) / r.std()));
    }

    @Property(tries = 2000)
    void expectedSlopeStdDerivativeMatchesNumericalIntegration(
            @ForAll("penalties") ResidualPenalty phi, @ForAll("residuals") Gaussian r) {
        // ∂²/∂m∂s E φ(m + sε) = E[(ε² − 1) φ'(m + sε)] / s, by parts.
        double integral = Expectation.of(e -> (e * e - 1) * phi.derivative(r.mean() + r.std() * e), r.kink()) / r.std();
        assertThat(phi.expectedSlopeStdDerivative(r.mean(), r.std()))
                .isCloseTo(integral, within(TOLERANCE * slopeScale(phi, r.scale()) / r.std()));
    }

    @Property
    void derivativesMatchCentralDifferencesOfTheExpectation(
            @ForAll("penalties") ResidualPenalty phi, @ForAll("nearbyResiduals") Gaussian r) {
        double h = 1e-5 * r.std();
        double tolerance = 1e-7 * slopeScale(phi, r.scale()) * (1 + r.scale() / r.std());
        assertThat(phi.expectedDerivative(r.mean(), r.std()))
                .isCloseTo(
                        (phi.expectation(r.mean() + h, r.std()) - phi.expectation(r.mean() - h, r.std())) / (2 * h),
                        within(tolerance));
        assertThat(phi.expectedStdDerivative(r.mean(), r.std()))
                .isCloseTo(
                        (phi.expectation(r.mean(), r.std() + h) - phi.expectation(r.mean(), r.std() - h)) / (2 * h),
                        within(tolerance));
        assertThat(phi.expectedCurvature(r.mean(), r.std()))
                .isCloseTo(
                        (phi.expectedDerivative(r.mean() + h, r.std()) - phi.expectedDerivative(r.mean() - h, r.std()))
                                / (2 * h),
                        within(tolerance / r.std()));
    }

    @Property
    void farFromTheKinkTheExpectationIsThatOfTheBranch(
            @ForAll("penalties") ResidualPenalty phi, @ForAll("distantResiduals") Gaussian r) {
        double m = r.mean();
        double s = r.std();
        double slope = phi.identity() + (m > 0 ? phi.hinge() : 0);
        double curvature = phi.square() + (m > 0 ? phi.squaredHinge() : 0);
        assertThat(phi.expectation(m, s))
                .isCloseTo(slope * m + curvature * (m * m + s * s), within(TOLERANCE * valueScale(phi, r.scale())));
        assertThat(phi.expectedDerivative(m, s))
                .isCloseTo(slope + 2 * curvature * m, within(TOLERANCE * slopeScale(phi, r.scale())));
        assertThat(phi.expectedStdDerivative(m, s))
                .isCloseTo(2 * curvature * s, within(TOLERANCE * slopeScale(phi, r.scale())));
        assertThat(phi.expectedCurvature(m, s))
                .isCloseTo(2 * curvature, within(TOLERANCE * slopeScale(phi, r.scale()) / s));
    }

    @ParameterizedTest
    @EnumSource
    void expectationIsNotBelowThePenaltyOfTheMean(Penalty penalty) { // Jensen's inequality
        ResidualPenalty phi = ResidualPenalty.of(penalty, 1);
        for (double z = -45; z <= 45; z += 0.03125) {
            double mean = z * 0.5;
            double rounding = mean > 0 ? 1e-15 * phi.value(mean) : 0; // none in the lower tail: E[r₊] >= 0 always
            assertThat(phi.expectation(mean, 0.5)).as("z = " + z).isGreaterThanOrEqualTo(phi.value(mean) - rounding);
        }
    }

    @Property
    void expectationUnderNoSpreadIsThePenaltyItself(
            @ForAll("penalties") ResidualPenalty phi, @ForAll("residuals") Gaussian r) {
        assertThat(phi.expectation(r.mean(), 0)).isEqualTo(phi.value(r.mean()));
        assertThat(phi.expectedDerivative(r.mean(), 0)).isEqualTo(phi.derivative(r.mean()));
        assertThat(phi.expectedStdDerivative(r.mean(), 0)).isZero();
        double h = 1e-6 * Math.abs(r.mean());
        assertThat(phi.expectedCurvature(r.mean(), 0))
                .isCloseTo(
                        (phi.derivative(r.mean() + h) - phi.derivative(r.mean() - h)) / (2 * h),
                        within(1e-8 * slopeScale(phi, Math.abs(r.mean())) / Math.abs(r.mean())));
    }

    @Test
    void atTheKinkWithoutSpreadTheStdDerivativeIsThatFromAbove() {
        ResidualPenalty phi = new ResidualPenalty(-3, 2, 5, 7);
        double h = 1e-9;
        assertThat(phi.expectedStdDerivative(0, 0))
                .isCloseTo((phi.expectation(0, h) - phi.expectation(0, 0)) / h, within(1e-7));
    }

    @Property
    void valueIsTheWeightedSumOfThePenalties(
            @ForAll("penalties") ResidualPenalty phi, @ForAll("residuals") Gaussian at) {
        double r = at.mean();
        double expected = phi.identity() * r
                + phi.hinge() * (r > 0 ? r : 0)
                + phi.square() * r * r
                + phi.squaredHinge() * (r > 0 ? r * r : 0);
        assertThat(phi.value(r)).isCloseTo(expected, within(TOLERANCE * valueScale(phi, Math.abs(r))));
    }

    @Property
    void flippedPenaltyOfTheNegativeResidualIsThePenalty(
            @ForAll("penalties") ResidualPenalty phi, @ForAll("residuals") Gaussian r) {
        double tolerance = TOLERANCE * valueScale(phi, r.scale());
        assertThat(phi.flipped().value(-r.mean())).isCloseTo(phi.value(r.mean()), within(tolerance));
        assertThat(phi.flipped().expectation(-r.mean(), r.std()))
                .isCloseTo(phi.expectation(r.mean(), r.std()), within(tolerance));
        assertThat(phi.flipped().expectedDerivative(-r.mean(), r.std()))
                .isCloseTo(-phi.expectedDerivative(r.mean(), r.std()), within(TOLERANCE * slopeScale(phi, r.scale())));
    }

    @Property
    void flippingKeepsConvexityAndUndoesItself(@ForAll("penalties") ResidualPenalty phi) {
        assertThat(phi.flipped().hinge()).isEqualTo(phi.hinge());
        ResidualPenalty twice = phi.flipped().flipped();
        double scale = TOLERANCE * valueScale(phi, 1);
        assertThat(twice.identity()).isCloseTo(phi.identity(), within(scale));
        assertThat(twice.square()).isCloseTo(phi.square(), within(scale));
        assertThat(twice.squaredHinge()).isEqualTo(phi.squaredHinge());
    }

    @Test
    void flippingNothingGivesNothing() {
        assertThat(ResidualPenalty.ZERO.flipped()).isEqualTo(ResidualPenalty.ZERO);
        assertThat(new ResidualPenalty(0, 0, 1, -1).flipped()).isEqualTo(new ResidualPenalty(0, 0, 0, 1));
    }

    @Property
    void convexPenaltyLiesBelowItsChords(@ForAll("convexPenalties") ResidualPenalty phi) {
        assertThat(phi.isConvex()).isTrue();
        for (double left = -4; left <= 4; left += 0.5) {
            for (double right = left + 0.5; right <= 4; right += 0.5) {
                assertThat(phi.value((left + right) / 2))
                        .isLessThanOrEqualTo((phi.value(left) + phi.value(right)) / 2 + TOLERANCE * valueScale(phi, 4));
            }
        }
    }

    @Test
    void penaltyThatBendsDownwardsAnywhereIsNotConvex() {
        assertThat(new ResidualPenalty(0, -1, 3, 0).isConvex()).isFalse(); // at the kink
        assertThat(new ResidualPenalty(0, 3, -1, 2).isConvex()).isFalse(); // left of it
        assertThat(new ResidualPenalty(0, 3, 1, -2).isConvex()).isFalse(); // right of it
        assertThat(new ResidualPenalty(-3, 1, 2, -2).isConvex()).isTrue();
    }

    @Property
    void derivativeIsASubgradientOfAConvexPenalty(
            @ForAll("convexPenalties") ResidualPenalty phi, @ForAll("residuals") Gaussian points) {
        double at = points.mean();
        double elsewhere = points.std();
        double support = phi.value(at) + phi.derivative(at) * (elsewhere - at);
        assertThat(phi.value(elsewhere)).isGreaterThanOrEqualTo(support - TOLERANCE * valueScale(phi, points.scale()));
        double supportAtKink = phi.derivative(0) * elsewhere;
        assertThat(phi.value(elsewhere)).isGreaterThanOrEqualTo(supportAtKink - TOLERANCE * valueScale(phi, elsewhere));
    }

    @Property
    void sumAndMultipleActOnTheValue(
            @ForAll("penalties") ResidualPenalty one, @ForAll("penalties") ResidualPenalty two) {
        for (double r : new double[] {-2.5, 0, 1.5}) {
            double tolerance = TOLERANCE * (valueScale(one, 3) + valueScale(two, 3));
            assertThat(one.plus(two).value(r)).isCloseTo(one.value(r) + two.value(r), within(tolerance));
            assertThat(one.times(3).value(r)).isCloseTo(3 * one.value(r), within(3 * tolerance));
        }
    }

    @Test
    void weightsThatAreNotFiniteAreRefused() {
        assertThatThrownBy(() -> new ResidualPenalty(0, Double.NaN, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hinge NaN")
                .hasMessageContaining("must be finite");
        assertThatThrownBy(() -> new ResidualPenalty(Double.POSITIVE_INFINITY, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("identity Infinity");
    }

    private static double valueScale(ResidualPenalty phi, double scale) {
        return (Math.abs(phi.identity()) + Math.abs(phi.hinge())) * scale
                + (Math.abs(phi.square()) + Math.abs(phi.squaredHinge())) * scale * scale;
    }

    private static double slopeScale(ResidualPenalty phi, double scale) {
        return Math.abs(phi.identity())
                + Math.abs(phi.hinge())
                + 2 * (Math.abs(phi.square()) + Math.abs(phi.squaredHinge())) * scale;
    }

    @Provide
    Arbitrary<ResidualPenalty> penalties() {
        Arbitrary<Double> weight = Arbitraries.doubles().between(-60, 60).edgeCases(e -> e.add(0.0, 1.0, -1.0));
        return Combinators.combine(weight, weight, weight, weight).as(ResidualPenalty::new);
    }

    @Provide
    Arbitrary<ResidualPenalty> convexPenalties() {
        Arbitrary<Double> any = Arbitraries.doubles().between(-60, 60);
        Arbitrary<Double> positive = Arbitraries.doubles().between(0, 60);
        return Combinators.combine(any, positive, positive, positive)
                .as((identity, hinge, left, right) -> new ResidualPenalty(identity, hinge, left, right - left));
    }

    @Provide
    Arbitrary<Gaussian> residuals() {
        return residuals(Arbitraries.oneOf(ratios(-12, 12), powersOfTen(-9, 9, true)));
    }

    @Provide
    Arbitrary<Gaussian> nearbyResiduals() {
        return residuals(ratios(-8, 8));
    }

    @Provide
    Arbitrary<Gaussian> distantResiduals() {
        return residuals(powersOfTen(1.2, 9, true));
    }

    private static Arbitrary<Gaussian> residuals(Arbitrary<Double> ratios) {
        return Combinators.combine(ratios, powersOfTen(-6, 3, false))
                .as((ratio, std) -> new Gaussian(ratio * std, std))
                .filter(r -> r.mean() != 0);
    }

    private static Arbitrary<Double> ratios(double low, double high) {
        return Arbitraries.doubles().between(low, high).ofScale(6);
    }

    private static Arbitrary<Double> powersOfTen(double low, double high, boolean eitherSign) {
        Arbitrary<Double> magnitude =
                Arbitraries.doubles().between(low, high).withoutEdgeCases().map(exponent -> Math.pow(10, exponent));
        return eitherSign
                ? Combinators.combine(magnitude, Arbitraries.of(-1.0, 1.0)).as((m, sign) -> m * sign)
                : magnitude;
    }
}
