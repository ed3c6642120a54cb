package io.farebox.settlement;

import io.farebox.gate.GateEvent;
import io.farebox.gate.GateListener;
import io.farebox.pricing.ConfigReader;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.PriceDiff;
import io.farebox.pricing.PricingConfigException;
import io.farebox.pricing.RouteConfig;
import io.farebox.settlement.reload.FileWatch;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes a changed configuration file over, if it is right in every part and needs no restart. Used by one thread. */
final class ConfigChanges {
    private static final System.Logger LOG = System.getLogger(ConfigChanges.class.getName());

    private final Path file;
    private final FileWatch watch;
    private final ConfigReader reader;
    private final Repricing repricing;
    private final GateListener events;

    ConfigChanges(Path file, FileWatch watch, ConfigReader reader, Repricing repricing, GateListener events) {
        this.file = file;
        this.watch = watch;
        this.reader = reader;
        this.repricing = repricing;
        this.events = events;
    }

    /** Looks at the file once. */
    void look() {
        switch (watch.look()) {
            case FileWatch.Look.Same same -> {}
            case FileWatch.Look.Changed changed -> read(changed.content());
            case FileWatch.Look.Unreadable gone ->
                refuse(
                        "cannot be read any more",
                        "Check the path and who may read the file.",
                        List.of("file_unreadable"));
        }
    }

    private void read(byte[] content) {
        try {
            take(reader.readBytes(ConfigReader.nameOf(file), content));
        } catch (PricingConfigException e) {
            List<String> codes =
                    e.problems().stream().map(problem -> problem.code().code()).toList();
            refuse("was changed and is wrong", String.valueOf(e.getMessage()), codes);
        }
    }

    private void take(FareboxConfig config) {
        PriceDiff diff = PriceDiff.between(repricing.wanted(), config);
        if (diff.restartKeys().isEmpty()) {
            if (diff.isEmpty()) LOG.log(Level.INFO, "{0} was changed; its prices are as before", file);
            warnOfLostPrices(config);
            // Also where nothing seems to change: what comes next is compared with what was read last.
            repricing.take(config);
            return;
        }
        String keys = String.join(", ", diff.restartKeys());
        refuse(
                "was changed in what can only change at a start",
                "Restart to use it as it is, or put back what it said here, and the other changes are taken over: "
                        + keys,
                List.of(GateEvent.ReloadRefused.NEEDS_RESTART));
    }

    /** A file that was cut off in the middle may be a good one with fewer routes. */
    private void warnOfLostPrices(FareboxConfig config) {
        Set<String> left = config.routes().stream().map(RouteConfig::id).collect(Collectors.toSet());
        List<String> lost = repricing.wanted().routes().stream()
                .map(RouteConfig::id)
                .filter(id -> !left.contains(id))
                .toList();
        if (lost.isEmpty()) return;
        LOG.log(
                Level.WARNING,
                "{0} does not name these routes any more, so `unmatched` decides about their paths from now on: {1}",
                file,
                String.join(", ", lost));
    }

    private void refuse(String why, String details, List<String> codes) {
        LOG.log(Level.WARNING, "{0} {1}, so the prices of before stay in force. {2}", file, why, details);
        try {
            events.on(new GateEvent.ReloadRefused(codes));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a listener failed on an event", e);
        }
    }
}
