package org.soebm.ortools.model;

import com.google.ortools.sat.CpModelProto;

/**
 * A CP-SAT model whose variables are the first variables of a {@link LinearModel}.
 *
 * @param proto without objective and hints
 * @param description of what rows cannot express
 */
record CpSatSource(CpModelProto proto, String description) {}
