package org.soebm.ortools.model;

import com.google.ortools.linearsolver.MPConstraintProto;
import com.google.ortools.linearsolver.MPGeneralConstraintProto;
import com.google.ortools.linearsolver.MPModelProto;
import com.google.ortools.linearsolver.MPVariableProto;
import com.google.ortools.modelbuilder.ModelBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.soebm.ortools.library.NativeLibrary;

/**
 * Model files as text. OR-Tools reads them; what its readers pass over without a word (a file that ends in the middle, a
 * row that is named twice) is looked for here.
 */
final class ModelFile {
    private static final long LARGEST_BYTES = 256L << 20;

    private static final double INFINITE = 1e30;

    private static final Set<String> ROW_SECTIONS = Set.of("ROWS", "LAZYCONS", "USERCUTS");

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

    /** The keywords of the LP format of CPLEX, each of which stands at the start of a line. */
    private static final Pattern CPLEX = Pattern.compile(
            "^\\s*(minimi[zs]e|maximi[zs]e|minimum|maximum|min|max|subject to|such that|st|s\\.t\\.|bounds?|generals?|binar(y|ies)|end)\\s*$",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final Path path;
    private final String format;
    private final String text;

    private ModelFile(Path path, String format) {
        this.path = path;
        this.format = format;
        text = text();
    }

    static MPModelProto readMps(Path path) {
        return new ModelFile(path, "an MPS file").mps();
    }

    static MPModelProto readLp(Path path) {
        return new ModelFile(path, "an LP file in the syntax of lp_solve").lp();
    }

    private ModelImportException error(String what) {
        return new ModelImportException("The model file " + path + " " + what);
    }

    private String text() {
        byte[] bytes;
        try {
            if (Files.isDirectory(path)) {
                throw error("is a folder.");
            }
            long size = Files.size(path);
            if (size > LARGEST_BYTES) {
                throw error("has " + size + " bytes, more than the " + LARGEST_BYTES + " that are read.");
            }
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw error("does not exist.");
        } catch (IOException e) {
            throw new ModelImportException("The model file " + path + " cannot be read: " + e, e);
        }
        String decoded;
        try {
            decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ModelImportException(
                    "The model file " + path + " is no text in UTF-8, so it is not " + format + ".", e);
        }
        String lines = decoded.replace("\uFEFF", "").replace("\r\n", "\n");
        if (lines.isBlank()) {
            throw error("is empty.");
        }
        if (lines.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t')) {
            throw error("has control characters, so it is not " + format + ".");
        }
        return lines;
    }

    private MPModelProto mps() {
        List<String> lines = text.lines().filter(line -> !line.startsWith("*")).toList();
        if (lines.stream().noneMatch(line -> line.strip().equals("ENDATA"))) {
            throw error("does not end with ENDATA. Maybe it was cut off?");
        }
        Set<String> rows = rowsOfMps(lines);
        requireKnownRows(rows);
        MPModelProto model = read(builder -> builder.importFromMpsString(text));
        if (model == null) {
            String part = RefusedPart.ofMps(text, this::isMps);
            throw error("cannot be read by OR-Tools as " + format + (part == null ? "" : ": " + part)
                    + ". It takes the sections NAME, OBJSENSE, ROWS with one"
                    + " N row, COLUMNS, RHS, RANGES, BOUNDS, INDICATORS and ENDATA, and names without blanks.");
        }
        Set<String> read = new HashSet<>();
        model.getConstraintList().stream().map(MPConstraintProto::getName).forEach(read::add);
        model.getGeneralConstraintList().stream()
                .map(MPGeneralConstraintProto::getIndicatorConstraint)
                .forEach(indicator -> read.add(indicator.getConstraint().getName()));
        rows.removeAll(read);
        if (!rows.isEmpty()) {
            throw error("has row " + Names.shown(rows.iterator().next()) + ", which OR-Tools passes over.");
        }
        return model;
    }

    private Set<String> rowsOfMps(List<String> lines) {
        Set<String> rows = new HashSet<>();
        boolean within = false;
        for (String line : lines) {
            if (line.isBlank()) {
                continue;
            }
            if (!Character.isWhitespace(line.charAt(0))) {
                within = ROW_SECTIONS.contains(line.strip());
            } else if (within) {
                String[] fields = line.strip().split("\\s+", 2);
                if (fields.length == 2 && !fields[0].equals("N") && !rows.add(fields[1])) {
                    throw error("has two rows named " + Names.shown(fields[1]) + ".");
                }
            }
        }
        return rows;
    }

    /** OR-Tools makes an empty row of a row that is not listed, and passes over its range. */
    private void requireKnownRows(Set<String> rows) {
        String section = "";
        Set<String> objectives = new HashSet<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("*")) {
                continue;
            }
            String[] fields = line.strip().split("\\s+", -1);
            if (!Character.isWhitespace(line.charAt(0))) {
                section = fields[0];
            } else if (section.equals("ROWS") && fields.length == 2 && fields[0].equals("N")) {
                objectives.add(fields[1]);
            } else if (section.equals("RHS")
                    || section.equals("RANGES")
                    || (section.equals("COLUMNS")
                            && fields.length % 2 == 1
                            && fields.length > 1
                            && !fields[1].equals("'MARKER'"))) {
                // In pairs of a row and a number, after the name of a column or, if it is there, of a set.
                for (int k = fields.length % 2; k < fields.length; k += 2) {
                    boolean isObjective = objectives.contains(fields[k]);
                    if (isObjective && section.equals("RANGES")) {
                        throw error(
                                "gives the objective " + Names.shown(fields[k]) + " a range, in line " + number + ".");
                    }
                    if (!isObjective && !rows.contains(fields[k])) {
                        throw error("speaks of row " + Names.shown(fields[k]) + " in line " + number
                                + ", which its section ROWS does not list.");
                    }
                }
            }
        }
    }

    private MPModelProto lp() {
        String statements = COMMENT.matcher(text)
                .replaceAll(comment ->
                        " " + "\n".repeat((int) comment.group().lines().count() - 1)); // keeps the lines' numbers
        Matcher cplex = CPLEX.matcher(statements);
        if (cplex.find()) {
            throw error("is written in the LP format of CPLEX (\""
                    + cplex.group().strip() + "\"), but OR-Tools reads LP files in the syntax of lp_solve only."
                    + " Maybe write the model as an MPS file?");
        }
        if (!statements.strip().endsWith(";")) {
            throw error("does not end with a semicolon, so it is not " + format + ". Maybe it was cut off?");
        }
        MPModelProto model = read(builder -> builder.importFromLpString(statements));
        if (model == null) {
            String part = RefusedPart.ofLp(statements, this::isLp);
            throw error("cannot be read by OR-Tools as " + format + (part == null ? "" : ": " + part)
                    + ". It takes \"min:\" or \"max:\" with terms such as 3 x,"
                    + " rows \"name: 2 x + y >= 1;\" with one relation and one number, bounds \"x <= 5;\" and"
                    + " \"int x, y;\".");
        }
        return model;
    }

    private boolean isMps(String beginning) {
        return isRead(builder -> builder.importFromMpsString(beginning));
    }

    private boolean isLp(String beginning) {
        return isRead(builder -> builder.importFromLpString(beginning));
    }

    private static boolean isRead(Predicate<ModelBuilder> reader) {
        ModelBuilder builder = new ModelBuilder();
        try {
            return reader.test(builder);
        } finally {
            builder.getHelper().delete();
        }
    }

    /** Files write a bound that is not there as 1e30 or more, OR-Tools takes that for a number. */
    private static MPModelProto withInfinities(MPModelProto model) {
        MPModelProto.Builder builder = model.toBuilder();
        for (MPVariableProto.Builder variable : builder.getVariableBuilderList()) {
            variable.setLowerBound(bound(variable.getLowerBound())).setUpperBound(bound(variable.getUpperBound()));
        }
        builder.getConstraintBuilderList().forEach(ModelFile::setInfinities);
        for (MPGeneralConstraintProto.Builder general : builder.getGeneralConstraintBuilderList()) {
            if (general.hasIndicatorConstraint()) {
                setInfinities(general.getIndicatorConstraintBuilder().getConstraintBuilder());
            }
        }
        return builder.build();
    }

    private static void setInfinities(MPConstraintProto.Builder row) {
        row.setLowerBound(bound(row.getLowerBound())).setUpperBound(bound(row.getUpperBound()));
    }

    private static double bound(double value) {
        return Math.abs(value) >= INFINITE ? Math.copySign(Double.POSITIVE_INFINITY, value) : value;
    }

    /** The model that a reader of OR-Tools makes of the text, or null where it makes none. */
    private @Nullable MPModelProto read(Predicate<ModelBuilder> reader) {
        NativeLibrary.load();
        ModelBuilder builder = new ModelBuilder();
        try {
            if (!reader.test(builder)) {
                return null;
            }
            MPModelProto model = withInfinities(BuilderCopy.of(builder));
            if (model.getVariableCount() == 0) {
                throw error("has no variables.");
            }
            return model;
        } finally {
            builder.getHelper().delete(); // rather than when the garbage collector comes by
        }
    }
}
