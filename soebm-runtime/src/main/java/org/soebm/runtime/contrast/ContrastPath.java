package org.soebm.runtime.contrast;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.Locale;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.task.DataException;
import org.soebm.runtime.energy.AutogradGaussianEnergy;
import org.soebm.runtime.energy.Energy;
import org.soebm.runtime.energy.GaussianEnergy;
import org.soebm.runtime.energy.JointEnergy;
import org.soebm.runtime.energy.SampleAverageEnergy;
import org.soebm.runtime.proposal.Proposal;

/** How a contrast is computed; up to rounding all come to the same. */
public enum ContrastPath {
    /** One pass over the candidates, for penalty costs on a CPU. */
    FUSED,

    /** One matrix product for all energies, for costs that are linear in decisions which are weighted as a whole. */
    LINEAR,

    /** Tensor operations, with derivatives in closed form where there is one and by autograd elsewhere. */
    TENSORS,

    /** Tensor operations and autograd throughout: the check of the others. */
    AUTOGRAD;

    /** The system property that names another path than {@link #best}, to compare them. */
    public static final String PROPERTY = "soebm.contrast";

    /** The fastest for candidates like those of Gaussians around a*, unless {@value #PROPERTY} names another. */
    public static ContrastPath of(CostFunction cost, Device device) {
        return named(best(cost, device));
    }

    /** The fastest that a cost, a device and a proposal's candidates admit, unless {@value #PROPERTY} names another. */
    public static ContrastPath of(CostFunction cost, Device device, Proposal proposal) {
        if (proposal.isJoint() && cost instanceof PenaltyCost penalties && LinearContrast.takes(penalties)) {
            return named(LINEAR);
        }
        return named(proposal.isShared() ? best(cost, device) : TENSORS);
    }

    private static ContrastPath named(ContrastPath best) {
        String named = System.getProperty(PROPERTY);
        if (named == null || named.isBlank()) {
            return best;
        }
        for (ContrastPath path : values()) {
            if (path.name().toLowerCase(Locale.ROOT).equals(named.strip())) {
                if (path != best && (path == FUSED || path == LINEAR)) {
                    throw new DataException(
                            "The system property " + PROPERTY + " is " + named.strip()
                                    + ", but that needs "
                                    + (path == FUSED
                                            ? "a penalty cost, the CPU and candidates that rows share. Take tensors."
                                            : "a cost that is linear in decisions which are weighted as a whole. Take tensors."));
                }
                return path;
            }
        }
        throw new DataException("The system property " + PROPERTY + " is '" + named
                + "', but must be fused, linear, tensors or autograd.");
    }

    /** The fastest that a cost and a device admit. */
    static ContrastPath best(CostFunction cost, Device device) {
        return cost instanceof PenaltyCost && !device.isGpu() ? FUSED : TENSORS;
    }

    /**
     * The contrast of a cost; close it after use.
     *
     * @param hasClosedForm whether what is predicted is a Gaussian y and the cost a penalty cost; else y comes as samples
     * @param manager owns what is held on its device
     */
    public Contrast contrast(CostFunction cost, boolean hasClosedForm, ContrastSettings settings, NDManager manager) {
        if (this == LINEAR) {
            return new LinearContrast((PenaltyCost) cost, settings, manager);
        }
        if (settings.margin() > 0) {
            throw new DataException("A margin of " + settings.margin()
                    + " is for costs that are linear in decisions which"
                    + " are weighted as a whole. Set settings.margin to 0, and leave the system property " + PROPERTY
                    + " away.");
        }
        if (this == FUSED) {
            return new FusedContrast((PenaltyCost) cost, settings);
        }
        Energy energy = energy(cost, hasClosedForm, manager);
        return new TensorContrast(settings.isJoint() ? new JointEnergy(energy) : energy, settings);
    }

    private Energy energy(CostFunction cost, boolean hasClosedForm, NDManager manager) {
        if (!hasClosedForm) {
            return new SampleAverageEnergy(cost, manager);
        }
        return this == AUTOGRAD
                ? new AutogradGaussianEnergy((PenaltyCost) cost, manager)
                : new GaussianEnergy((PenaltyCost) cost, manager);
    }
}
