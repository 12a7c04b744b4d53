package org.soebm.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/** The documents of the repository and their blocks of code. */
final class Documents {
    /** The repository. */
    static final Path ROOT = Path.of(System.getProperty("soebm.root")).toAbsolutePath();

    private static final Pattern NOT_RUN = Pattern.compile("<!-- not run: (.+?) -->", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("<!-- file: (\\S+) -->");

    private Documents() {}

    /** README.md, docs, and the README of each example, template and of the benchmarks; README.md first. */
    static List<Path> all() {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md")));
        for (String folder : List.of("docs", "examples", "templates", "benchmarks")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md") && !isBuilt(file))
                        .map(ROOT::relativize)
                        .filter(file -> folder.equals("docs") || file.endsWith("README.md"))
                        .sorted()
                        .forEach(documents::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return documents;
    }

    /** Whether a file is a build's and no source. */
    static boolean isBuilt(Path file) {
        for (Path part : ROOT.relativize(file)) {
            if (part.toString().equals("target") || part.toString().equals("test")) {
                return true;
            }
        }
        return false;
    }

    /** The text of a file of the repository. */
    static String read(Path file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks of a document, in order. */
    static List<Block> blocks(Path document) {
        List<Block> blocks = new ArrayList<>();
        Node parsed = Parser.builder()
                .includeSourceSpans(IncludeSourceSpans.BLOCKS)
                .build()
                .parse(read(document));
        parsed.accept(new AbstractVisitor() {
            @Override
            public void visit(FencedCodeBlock block) {
                add(block, block.getInfo().strip(), block.getLiteral());
            }

            @Override
            public void visit(IndentedCodeBlock block) {
                add(block, "", block.getLiteral());
            }

            private void add(Node block, String language, String text) {
                String comment = block.getPrevious() instanceof HtmlBlock html ? html.getLiteral() : "";
                blocks.add(new Block(
                        document,
                        block.getSourceSpans().get(0).getLineIndex() + 1,
                        language,
                        text,
                        group(NOT_RUN, comment),
                        group(FILE, comment)));
            }
        });
        return blocks;
    }

    private static @Nullable String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }
}
