/**
 * Sparse vectors, the building block of residuals and constraint rows. Nothing here knows what the coefficients mean,
 * and no linear algebra beyond a dot product lives here.
 */
@NullMarked
package org.soebm.api.linear;

import org.jspecify.annotations.NullMarked;
