/**
 * L_MLE + λ L_KL of a batch, SO-EBM's contrast between optimal decisions and candidates, by importance sampling: as tensors
 * for every cost and device, and in one pass over the candidates for penalty costs on a CPU.
 */
@NullMarked
package org.soebm.runtime.contrast;

import org.jspecify.annotations.NullMarked;
