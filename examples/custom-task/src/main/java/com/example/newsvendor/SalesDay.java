package com.example.newsvendor;

import java.time.LocalDate;

/**
 * What is known of a day before it begins, and what was asked for in the end.
 *
 * @param temperature forecast, in degrees Celsius
 * @param holiday whether it is a public holiday
 * @param prices of each product, in euros
 * @param promoted whether each product is advertised
 * @param demand pieces of each product that customers asked for
 */
record SalesDay(
        LocalDate date, double temperature, boolean holiday, double[] prices, boolean[] promoted, double[] demand) {}
