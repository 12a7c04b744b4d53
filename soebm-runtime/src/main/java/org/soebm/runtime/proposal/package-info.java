/**
 * Candidate decisions with their log-densities, and importance weights in log space. Energies are computed elsewhere.
 */
@NullMarked
package org.soebm.runtime.proposal;

import org.jspecify.annotations.NullMarked;
