package org.soebm.runtime.report.page;

/** A name and what stands beside it; plain text, escaped when written. */
record Fact(String name, String value) {}
