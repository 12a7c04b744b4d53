package org.soebm.runtime.preprocessing;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.cost.Objective;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.SolverOptions;

/**
 * A SHA-256 over all that the answers of a bulk of problems depend on: the solver with its version and options, and
 * every number of the feasible set and of each objective. Every list is written after its length, so no two bulks
 * write the same bytes.
 */
final class ProblemKey {
    private static final String FORMAT = "soebm-hindsight-1";

    private final MessageDigest digest;
    private final DataOutputStream out;

    private ProblemKey() {
        digest = sha256();
        out = new DataOutputStream(
                new BufferedOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest), 1 << 16));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    static String of(
            ArgminSolverProvider provider, SolverOptions options, ConstraintSet constraints, Iterable<Objective> all) {
        try {
            ProblemKey key = new ProblemKey();
            key.solver(provider, options);
            key.constraints(constraints);
            for (Objective objective : all) {
                key.objective(objective);
            }
            key.out.flush();
            return HexFormat.of().formatHex(key.digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a digest does no input or output
        }
    }

    private void solver(ArgminSolverProvider provider, SolverOptions options) throws IOException {
        String version = provider.getClass().getPackage().getImplementationVersion();
        out.writeUTF(FORMAT);
        out.writeUTF(provider.name());
        out.writeUTF(provider.getClass().getName());
        out.writeUTF(version == null ? "" : version);
        out.writeLong(options.timeLimit().toNanos());
        out.writeDouble(options.tolerance());
        out.writeLong(options.seed());
    }

    private void constraints(ConstraintSet constraints) throws IOException {
        out.writeInt(constraints.decisionCount());
        out.writeInt(constraints.variableCount());
        for (int i = 0; i < constraints.variableCount(); i++) {
            out.writeDouble(constraints.lower(i));
            out.writeDouble(constraints.upper(i));
            out.writeBoolean(constraints.isInteger(i));
        }
        out.writeInt(constraints.rows().size());
        for (LinearRow row : constraints.rows()) {
            vector(row.coefficients());
            out.writeDouble(row.lower());
            out.writeDouble(row.upper());
        }
    }

    private void objective(Objective objective) throws IOException {
        if (!(objective instanceof PenaltyObjective penalties)) {
            throw new IllegalArgumentException("Only penalty objectives have a key, not " + objective + ".");
        }
        out.writeInt(penalties.dimension());
        out.writeDouble(penalties.constant());
        for (int i = 0; i < penalties.dimension(); i++) {
            out.writeDouble(penalties.linear(i));
        }
        out.writeInt(penalties.terms().size());
        for (PenaltyTerm term : penalties.terms()) {
            vector(term.decisionCoefficients());
            out.writeDouble(term.offset());
            out.writeDouble(term.std());
            out.writeDouble(term.penalty().identity());
            out.writeDouble(term.penalty().hinge());
            out.writeDouble(term.penalty().square());
            out.writeDouble(term.penalty().squaredHinge());
        }
    }

    private void vector(SparseVector vector) throws IOException {
        out.writeInt(vector.size());
        for (int k = 0; k < vector.size(); k++) {
            out.writeInt(vector.index(k));
            out.writeDouble(vector.value(k));
        }
    }
}
