package org.soebm.ortools.model;

import com.google.ortools.sat.ConstraintProto;
import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.IntegerVariableProto;
import com.google.ortools.sat.LinearConstraintProto;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.soebm.api.constraint.NativeModel;
import org.soebm.api.linear.SparseVector;

/**
 * A CP-SAT model with constraints that rows cannot express, as a part of a feasible set: each variable of the set is a
 * variable of the model. It has no objective. Made by {@link OrToolsDecisions#constraints}.
 */
public final class CpSatModel implements NativeModel {
    private final CpModelProto proto;
    private final String description;
    private final int[] variables;

    private CpSatModel(CpModelProto proto, String description, int[] variables) {
        this.proto = proto;
        this.description = description;
        this.variables = variables;
    }

    /** Collects the variables of the set; expressions become variables that the model does not have yet. */
    static final class Builder {
        private final CpModelProto.Builder proto;
        private final String description;

        Builder(CpSatSource source) {
            proto = source.proto().toBuilder();
            description = source.description();
        }

        /**
         * Adds a variable that equals an integer expression of the model's variables, and returns its index.
         *
         * @throws ModelImportException when a coefficient is not an integer
         */
        int expression(String name, SparseVector form, double low, double high) {
            int index = proto.getVariablesCount();
            LinearConstraintProto.Builder definition = LinearConstraintProto.newBuilder()
                    .addDomain(0)
                    .addDomain(0)
                    .addVars(index)
                    .addCoeffs(-1);
            for (int k = 0; k < form.size(); k++) {
                if (form.value(k) != Math.rint(form.value(k)) || Math.abs(form.value(k)) > 1e15) {
                    throw new ModelImportException("The decision " + Names.shown(name) + " has the coefficient "
                            + form.value(k) + ", but the model stays a CP-SAT model (it is " + description
                            + "), where coefficients must be integers. Maybe measure it in a smaller unit?");
                }
                definition.addVars(form.index(k)).addCoeffs((long) form.value(k));
            }
            if (!(Math.max(Math.abs(low), Math.abs(high)) < 1L << 60)) {
                throw new ModelImportException("The decision " + Names.shown(name) + " lies between " + low + " and "
                        + high + ", too wide for CP-SAT. Maybe the variables need bounds?");
            }
            proto.addVariables(IntegerVariableProto.newBuilder()
                    .setName(name)
                    .addDomain((long) low)
                    .addDomain((long) high));
            proto.addConstraints(ConstraintProto.newBuilder().setLinear(definition));
            return index;
        }

        CpSatModel build(int[] variables) {
            return new CpSatModel(proto.build(), description, variables.clone());
        }
    }

    /** The model, without an objective. */
    public CpModelProto proto() {
        return proto;
    }

    /** The index in the model of a variable of the feasible set. */
    public int variable(int index) {
        return variables[index];
    }

    @Override
    public String solver() {
        return "ortools";
    }

    @Override
    public String description() {
        return description;
    }

    /** {@inheritDoc} The SHA-256 of the model and of which of its variables are the set's, in hexadecimal. */
    @Override
    public String fingerprint() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(proto.getSerializedSize() + 5 * variables.length);
        CodedOutputStream output = CodedOutputStream.newInstance(bytes);
        output.useDeterministicSerialization();
        try {
            proto.writeTo(output);
            for (int variable : variables) {
                output.writeInt32NoTag(variable);
            }
            output.flush();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256, but this one does not.", e);
        }
    }

    @Override
    public String toString() {
        return description;
    }
}
