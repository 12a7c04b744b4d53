package org.soebm.runtime.report.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.soebm.runtime.evaluation.Estimate;

/** Numbers as people read them: four significant digits at most, a true minus sign, a dash where there is no number. */
final class Numbers {
    private static final String NONE = "–";
    private static final MathContext FOUR_DIGITS = new MathContext(4);
    private static final int MOST_DECIMALS = 8;

    private Numbers() {}

    /** A number with four significant digits, all of those before the point. */
    static String of(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-6 || size >= 1e9)) {
            return signed(String.format(Locale.ROOT, "%.3g", value));
        }
        BigDecimal rounded = new BigDecimal(value).round(FOUR_DIGITS);
        if (size >= 1e4) {
            rounded = new BigDecimal(value).setScale(0, RoundingMode.HALF_EVEN);
        }
        return plain(rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros());
    }

    /** A mean and its standard error, both to the second significant digit of the error. */
    static String of(Estimate estimate) {
        double error = estimate.standardError();
        if (!Double.isFinite(estimate.mean()) || !Double.isFinite(error) || error == 0) {
            return of(estimate.mean());
        }
        int decimals = 1 - (int) Math.floor(Math.log10(error));
        if (decimals > MOST_DECIMALS) {
            return of(estimate.mean()) + " ± " + of(error);
        }
        decimals = Math.max(0, decimals);
        return plain(new BigDecimal(estimate.mean()).setScale(decimals, RoundingMode.HALF_EVEN)) + " ± "
                + plain(new BigDecimal(error).setScale(decimals, RoundingMode.HALF_EVEN));
    }

    /** A share in percent, with a decimal below ten. */
    static String percent(double share) {
        if (!Double.isFinite(share)) {
            return NONE;
        }
        return signed(String.format(Locale.ROOT, Math.abs(share) < 0.0995 ? "%.1f%%" : "%.0f%%", 100 * share));
    }

    /** A count with groups of three digits. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A time in the unit that fits it. */
    static String seconds(double seconds) {
        if (!Double.isFinite(seconds)) {
            return NONE;
        }
        if (seconds < 1) {
            return of(new BigDecimal(1e3 * seconds).round(new MathContext(3)).doubleValue()) + " ms";
        }
        if (seconds < 120) {
            return of(new BigDecimal(seconds).round(new MathContext(3)).doubleValue()) + " s";
        }
        return String.format(Locale.ROOT, "%d min %02d s", (long) seconds / 60, (long) seconds % 60);
    }

    private static String plain(BigDecimal value) {
        int decimals = Math.max(0, value.scale());
        return signed(String.format(Locale.ROOT, "%,." + decimals + "f", value));
    }

    private static String signed(String text) {
        return text.replace('-', '−');
    }
}
