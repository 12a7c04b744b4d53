package org.soebm.runtime.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.soebm.api.plugin.PluginException;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.task.DataException;
import org.soebm.runtime.network.OfflineEngine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Entry point of the command line. */
@Command(
        name = "soebm",
        description = "End-to-end stochastic optimization with energy-based models.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Main.Version.class,
        subcommands = {
            TasksCommand.class,
            SolversCommand.class,
            MethodsCommand.class,
            DoctorCommand.class,
            ConfigCommand.class,
            TrainCommand.class,
            CompareCommand.class,
            TuneCommand.class,
            EvaluateCommand.class,
            LandscapeCommand.class,
            DecideCommand.class,
            SolveCommand.class
        },
        footer = {
            "",
            "First steps:",
            "  soebm doctor                                   is all there that training needs?",
            "  soebm train power-scheduling --out out/power   learn from data that the task makes itself",
            "  soebm compare power-scheduling                 all methods beside each other",
            "  soebm config power-scheduling > run.yaml       all settings; edit them, then train --config run.yaml",
            "  soebm train --help                             what a command can do",
            "",
            "Exit codes: 0 fine, 2 wrong usage, 1 anything else."
        })
public final class Main {
    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Say more while working; print the stack trace of a failure.")
    private boolean verbose;

    @Option(
            names = "--plugin-path",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of jars with further tasks and solvers.")
    private @Nullable Path pluginPath;

    private final Interruption interruption;

    private Main(Interruption interruption) {
        this.interruption = interruption;
    }

    /** Whether a command was asked to stop. */
    static Cancellation interruption(CommandSpec command) {
        return ((Main) command.root().userObject()).interruption;
    }

    /** Whether to say more. */
    boolean isVerbose() {
        return verbose;
    }

    /** The folder of {@code --plugin-path}, null without one. */
    @Nullable
    Path pluginPath() {
        return pluginPath;
    }

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Interruption interruption = Interruption.heard(err);
        int code = run(interruption, out, err, args);
        interruption.commandEnded();
        System.exit(code);
    }

    /** Runs one command that nobody interrupts and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(Interruption.none(), out, err, args);
    }

    private static int run(Interruption interruption, PrintWriter out, PrintWriter err, String... args) {
        OfflineEngine.prepare();
        Main main = new Main(interruption);
        CommandLine commandLine = new CommandLine(main)
                .setUsageHelpWidth(100)
                .setOut(out)
                .setErr(err)
                .setExecutionStrategy(main::execute)
                .setParameterExceptionHandler(Failures::wrongUsage)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> Failures.report(failure, err, main.verbose));
        try {
            return commandLine.execute(args);
        } catch (Error failure) { // of a plug-in that does not fit, of too little memory; a user gets one line all the
            // same
            return Failures.report(failure, err, main.verbose);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private int execute(CommandLine.ParseResult parsed) {
        if (verbose) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
        }
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        if (pluginPath == null) {
            return new CommandLine.RunLast().execute(parsed);
        }
        try (PluginFolder plugins = PluginFolder.open(pluginPath)) {
            return plugins.call(() -> new CommandLine.RunLast().execute(parsed));
        } catch (DataException | PluginException failure) { // of the folder itself; a command's failure comes wrapped
            return Failures.report(failure, parsed.commandSpec().commandLine().getErr(), verbose);
        }
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"soebm " + (version == null ? "(development)" : version)};
        }
    }
}
