package org.soebm.runtime.digest;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.constraint.NativeModel;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.linear.SparseVector;

/**
 * A SHA-256 over the numbers of feasible sets and objectives, taken as a stream. Every list is written after its
 * length, so no two sequences of problems write the same bytes.
 */
public final class ProblemDigest {
    private final MessageDigest digest = Sha256.start();
    private final DataOutputStream out = new DataOutputStream(
            new BufferedOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest), 1 << 16));

    /** Something that is written to the digest. */
    @FunctionalInterface
    private interface Content {
        void write() throws IOException;
    }

    private ProblemDigest write(Content content) {
        try {
            content.write();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a digest does no input or output
        }
    }

    /** Whether a cost tells by its numbers or its fingerprint when it changes. */
    public static boolean canTell(CostFunction cost) {
        return cost instanceof PenaltyCost || !cost.fingerprint().isEmpty();
    }

    /** Whether a feasible set tells by its numbers, and its native model by its fingerprint, when it changes. */
    public static boolean canTell(ConstraintSet constraints) {
        NativeModel model = constraints.nativeModel();
        return model == null || !model.fingerprint().isEmpty();
    }

    /** Takes in a text. */
    public ProblemDigest text(String text) {
        return write(() -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        });
    }

    /** Takes in a whole number. */
    public ProblemDigest number(long number) {
        return write(() -> out.writeLong(number));
    }

    /** Takes in a number. */
    public ProblemDigest number(double number) {
        return write(() -> out.writeDouble(number));
    }

    /** Takes in every number of a feasible set. */
    public ProblemDigest constraints(ConstraintSet constraints) {
        return write(() -> {
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
            NativeModel model = constraints.nativeModel();
            if (model != null) {
                out.writeUTF(model.solver());
                byte[] fingerprint = model.fingerprint().getBytes(StandardCharsets.UTF_8);
                out.writeInt(fingerprint.length);
                out.write(fingerprint);
            }
        });
    }

    /** Takes in every number of an objective. */
    public ProblemDigest objective(PenaltyObjective objective) {
        return offsets(objective).write(() -> {
            for (PenaltyTerm term : objective.terms()) {
                vector(term.decisionCoefficients());
                out.writeDouble(term.std());
                out.writeDouble(term.penalty().identity());
                out.writeDouble(term.penalty().hinge());
                out.writeDouble(term.penalty().square());
                out.writeDouble(term.penalty().squaredHinge());
            }
        });
    }

    /** Takes in those numbers of an objective that change with the parameters y of a known cost. */
    public ProblemDigest offsets(PenaltyObjective objective) {
        return write(() -> {
            out.writeInt(objective.dimension());
            out.writeDouble(objective.constant());
            for (int i = 0; i < objective.dimension(); i++) {
                out.writeDouble(objective.linear(i));
            }
            out.writeInt(objective.terms().size());
            for (PenaltyTerm term : objective.terms()) {
                out.writeDouble(term.offset());
            }
        });
    }

    private void vector(SparseVector vector) throws IOException {
        out.writeInt(vector.size());
        for (int k = 0; k < vector.size(); k++) {
            out.writeInt(vector.index(k));
            out.writeDouble(vector.value(k));
        }
    }

    /** The digest of all that was taken in, in hexadecimal digits; nothing may follow. */
    public String hex() {
        write(out::flush);
        return HexFormat.of().formatHex(digest.digest());
    }
}
