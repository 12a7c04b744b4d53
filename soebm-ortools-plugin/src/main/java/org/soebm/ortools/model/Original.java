package org.soebm.ortools.model;

import com.google.ortools.linearsolver.MPConstraintProto;
import com.google.ortools.linearsolver.MPGeneralConstraintProto;
import com.google.ortools.linearsolver.MPModelProto;
import com.google.ortools.sat.ConstraintProto;
import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpSatHelper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.soebm.ortools.library.NativeLibrary;

/** A model as it was found, immutable. */
interface Original {
    /** The names of its rows and other constraints; empty where there is none. */
    List<String> rowNames();

    /** A copy that lacks some of them; the numbers of all others stay, and a name that is gone is empty. */
    Original without(Set<Integer> rows);

    /**
     * The model as bounds and rows.
     *
     * @throws ModelImportException when it has a feature that cannot be imported
     */
    LinearModel translate();

    /**
     * A linear model: its rows, then its general constraints.
     *
     * @param left the numbers of those that are left out
     */
    record OfMp(MPModelProto proto, Set<Integer> left) implements Original {
        @Override
        public List<String> rowNames() {
            List<String> names = new ArrayList<>();
            proto.getConstraintList().stream().map(MPConstraintProto::getName).forEach(names::add);
            proto.getGeneralConstraintList().stream()
                    .map(MPGeneralConstraintProto::getName)
                    .forEach(names::add);
            left.forEach(row -> names.set(row, ""));
            return names;
        }

        @Override
        public Original without(Set<Integer> rows) {
            Set<Integer> more = new HashSet<>(left);
            more.addAll(rows);
            return new OfMp(proto, Set.copyOf(more));
        }

        @Override
        public LinearModel translate() {
            return MpTranslation.translate(proto, left);
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
