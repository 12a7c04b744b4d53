package org.soebm.ortools.model;

import com.google.ortools.linearsolver.MPConstraintProto;
import com.google.ortools.linearsolver.MPGeneralConstraintProto;
import com.google.ortools.linearsolver.MPModelProto;
import com.google.ortools.sat.ConstraintProto;
import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpSatHelper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.soebm.ortools.library.NativeLibrary;

/** A model as it was found, immutable. */
interface Original {
    /** The names of its rows and other constraints; empty where there is none. */
    List<String> rowNames();

    /** A copy that lacks some of them. */
    Original without(Set<Integer> rows);

    /**
     * The model as bounds and rows.
     *
     * @throws ModelImportException when it has a feature that cannot be imported
     */
    LinearModel translate();

    /** A linear model: its rows, then its general constraints. */
    record OfMp(MPModelProto proto) implements Original {
        @Override
        public List<String> rowNames() {
            List<String> names = new ArrayList<>();
            proto.getConstraintList().stream().map(MPConstraintProto::getName).forEach(names::add);
            proto.getGeneralConstraintList().stream()
                    .map(MPGeneralConstraintProto::getName)
                    .forEach(names::add);
            return names;
        }

        @Override
        public Original without(Set<Integer> rows) {
            MPModelProto.Builder rest = proto.toBuilder().clearConstraint().clearGeneralConstraint();
            int linear = proto.getConstraintCount();
            for (int i = 0; i < linear; i++) {
                if (!rows.contains(i)) {
                    rest.addConstraint(proto.getConstraint(i));
                }
            }
            for (int i = 0; i < proto.getGeneralConstraintCount(); i++) {
                if (!rows.contains(linear + i)) {
                    rest.addGeneralConstraint(proto.getGeneralConstraint(i));
                }
            }
            return new OfMp(rest.build());
        }

        @Override
        public LinearModel translate() {
            return MpTranslation.translate(proto);
        }
    }

    /** A CP-SAT model. */
    record OfCp(CpModelProto proto) implements Original {
        /**
         * @throws ModelImportException when CP-SAT calls the model invalid
         */
        public OfCp {
            NativeLibrary.load();
            String error = CpSatHelper.validateModel(proto);
            if (!error.isEmpty()) {
                throw new ModelImportException("CP-SAT calls the model invalid: "
                        + error.strip().lines().findFirst().orElse("no reason given"));
            }
        }

        @Override
        public List<String> rowNames() {
            return proto.getConstraintsList().stream()
                    .map(ConstraintProto::getName)
                    .toList();
        }

        /** Constraints refer to intervals by number, so what is left out leaves an empty constraint behind. */
        @Override
        public Original without(Set<Integer> rows) {
            CpModelProto.Builder rest = proto.toBuilder();
            rows.forEach(row -> rest.setConstraints(row, ConstraintProto.getDefaultInstance()));
            return new OfCp(rest.build());
        }

        @Override
        public LinearModel translate() {
            return CpTranslation.translate(proto);
        }
    }
}
