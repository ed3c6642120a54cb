package io.farebox.pricing;

import io.farebox.pricing.FacilitatorConfig.Type;
import io.farebox.x402.Network;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whom a route deals with: its facilitators, who is paid, and whether the two and the accepted assets go together. */
final class RoutePartners {
    private final Problems problems;
    private final RouteSections.Root root;
    private final PayToTable payTos;

    /** What is wrong with the root's lists is wrong for every route, and reported once. */
    private final Set<String> reported = new HashSet<>();

    RoutePartners(Problems problems, RouteSections.Root root) {
        this.problems = problems;
        this.root = root;
        this.payTos = new PayToTable(problems, root.table());
    }

    List<FacilitatorConfig> facilitators(Section section) {
        if (section.has("facilitators")) return named(section);
        List<FacilitatorConfig> enabled =
                root.facilitators().stream().filter(FacilitatorConfig::enabled).toList();
        boolean allReadable =
                !root.facilitatorsWritten() || !root.facilitators().isEmpty();
        if (enabled.isEmpty() && allReadable && reported.add("facilitators")) {
            String fix = "Write facilitators: [{ id: …, url: … }] at the root, and switch one on.";
            Place at = new Place(section.place().line(), "facilitators");
            problems.wrong(
                    ProblemCode.FACILITATOR_MISSING, at, "has none that is switched on, and routes have prices", fix);
        }
        return enabled;
    }

    private List<FacilitatorConfig> named(Section section) {
        List<FacilitatorConfig> named = new ArrayList<>();
        for (Tree.Leaf leaf : section.leaves("facilitators")) {
            FacilitatorConfig found = root.facilitators().stream()
                    .filter(facilitator -> facilitator.id().equals(leaf.text()))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                List<String> ids =
                        root.facilitators().stream().map(FacilitatorConfig::id).toList();
                String fix = Words.didYouMean(leaf.text(), ids) + "Write the id of one under facilitators at the root.";
                problems.wrong(
                        ProblemCode.UNKNOWN_FACILITATOR, leaf, "is not a facilitator of this configuration", fix);
            } else if (!found.enabled()) {
                String fix = "Switch it on, or leave it out here.";
                problems.wrong(ProblemCode.FACILITATOR_DISABLED, leaf, "is a facilitator that is switched off", fix);
            } else named.add(found);
        }
        return named;
    }

    Map<String, String> payTo(Section section, List<FacilitatorConfig> facilitators) {
        if (!section.has("pay-to")) return root.payTo();
        boolean local = facilitators.stream().allMatch(FacilitatorConfig::isLocal);
        return RouteSections.merged(root.payTo(), payTos.read(section, local));
    }

    List<PayOption> options(
            List<AcceptLists.Entry> accept, Map<String, String> payTo, List<FacilitatorConfig> facilitators) {
        List<PayOption> options = new ArrayList<>();
        for (AcceptLists.Entry entry : accept) {
            checkFacilitator(entry, facilitators);
            String address = payTo.get(entry.asset().network().namespace());
            if (address != null) options.add(new PayOption(entry.asset(), address));
            else payToMissing(entry);
        }
        return options;
    }

    private void payToMissing(AcceptLists.Entry entry) {
        String namespace = entry.asset().network().namespace();
        if (!reported.add("pay-to " + entry.leaf().place()) || root.payTo().containsKey(namespace)) return;
        String fix = "Write pay-to: { " + namespace + ": \"…\" }.";
        problems.wrong(ProblemCode.PAY_TO_MISSING, entry.leaf(), "has nobody who is paid on that network", fix);
    }

    private void checkFacilitator(AcceptLists.Entry entry, List<FacilitatorConfig> facilitators) {
        if (facilitators.isEmpty()) return;
        Network network = entry.asset().network();
        boolean dev = network.equals(NetworkTable.DEV);
        boolean wrong = dev
                ? facilitators.stream().noneMatch(each -> each.isLocal() || each.type() == Type.OWN)
                : facilitators.stream().allMatch(facilitator -> facilitator.type() == Type.DEV);
        if (!wrong || !reported.add("facilitator " + entry.leaf().place())) return;
        String reason = dev
                ? "is on the dev chain, and no facilitator is local"
                : "is not on the dev chain, and every facilitator is";
        String fix = dev
                ? "Add a facilitator of type dev, or accept another asset."
                : "Add a facilitator with a url, or accept farebox-dev/USDC.";
        problems.wrong(ProblemCode.DEV_FACILITATOR, entry.leaf(), reason, fix);
    }
}
