package io.farebox.app.probe;

import io.farebox.pricing.PricingConfigException;
import io.farebox.probe.Probe;
import io.farebox.probe.ProbeException;
import io.farebox.probe.ProbePlan;
import io.farebox.probe.ProbeReport;
import io.farebox.probe.Progress;
import io.farebox.probe.ReportJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code farebox probe URL}: tries the owner's own deployment with requests that are known to slip past gateways, and says which
 * priced routes were reached unpaid and which legal URLs were refused.
 */
public final class ProbeCommand {
    private static final int WRONG = 2;

    private ProbeCommand() {}

    /**
     * Runs the command.
     *
     * @param arguments what stands behind {@code probe}
     * @param out takes the report, or the help
     * @param err takes the progress, and what is wrong
     * @return 0 if nothing was found, 1 if something was, 2 if it was called wrongly, could not connect, or could not finish
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            Options options = OptionReader.read(arguments);
            if (options.help) {
                out.println(Help.TEXT);
                return 0;
            }
            return run(options, out, err);
        } catch (UsageException | ProbeException | PricingConfigException e) {
            err.println(e.getMessage());
            return WRONG;
        }
    }

    private static int run(Options options, PrintStream out, PrintStream err) throws UsageException, ProbeException {
        ProbePlan plan = PlanMaker.plan(options, err);
        if (options.json != null) write(options.json, "");
        int seconds = Math.max(1, options.requests / options.rate);
        err.println("Probing " + plan.site().gateway() + " with " + options.requests
                + " requests, none of which pays; at least " + seconds + " s.");
        ProbeReport report = new Probe(plan, progress(err)).run();
        new ConsoleReport(report, out).print();
        if (options.json != null) write(options.json, ReportJson.write(report) + "\n");
        return report.exitCode();
    }

    /** Every tenth of the way a line. */
    private static Progress progress(PrintStream err) {
        return (done, of, findings) -> {
            int step = Math.max(1, of / 10);
            if (done % step == 0) err.println("  " + done + " of " + of + ", " + findings + " findings");
        };
    }

    /** Also called before the probe begins, because nobody wants to hear of a wrong folder after it. */
    private static void write(Path file, String text) throws UsageException {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UsageException(
                    "--json " + file + " cannot be written. Check the folder and who may write there.");
        }
    }
}
