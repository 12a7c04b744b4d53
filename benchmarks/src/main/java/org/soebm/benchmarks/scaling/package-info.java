/**
 * How time and memory grow with rows, decisions, candidates and threads: each point of a sweep in a Java process of its own.
 * What a single operation takes is JMH's to measure.
 */
@NullMarked
package org.soebm.benchmarks.scaling;

import org.jspecify.annotations.NullMarked;
