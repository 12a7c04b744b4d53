package org.soebm.runtime.inference;

import org.soebm.api.solver.Decision;

/**
 * A decision with what it is going to cost by the prediction.
 *
 * @param decision the solver's answer
 * @param costs of that decision
 */
public record DecisionForecast(Decision decision, CostForecast costs) {}
