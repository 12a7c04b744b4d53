package org.soebm.runtime.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.Locale;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;

/** Logarithmic axes of times. */
final class LogSeconds {
    private LogSeconds() {}

    /**
     * An axis over whole decades that has room for all values, at least two of them.
     *
     * @param values those that are not positive are left out
     */
    static LogAxis axis(String label, double... values) {
        double[] positive = Arrays.stream(values).filter(value -> value > 0).toArray();
        double least = Arrays.stream(positive).min().orElse(1);
        double most = Arrays.stream(positive).max().orElse(1);
        double low = Math.floor(Math.log10(least) - 0.1);
        double high = Math.max(low + 2, Math.ceil(Math.log10(most)));
        LogAxis axis = new LogAxis(label);
        axis.setRange(Math.pow(10, low), Math.pow(10, high));
        axis.setTickUnit(new NumberTickUnit(
                1, new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)), 9));
        axis.setMinorTickMarksVisible(true);
        return axis;
    }
}
