package io.farebox.servlet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The arrows of the design between modules, and what must not be touched where. */
class ArchitectureTest {
    private static final JavaClasses FAREBOX = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.farebox");

    private static final String CORE = "io.farebox.gate..";
    private static final String WIRE = "io.farebox.x402..";
    private static final String OUTBOX = "io.farebox.outbox..";
    private static final String PRICING = "io.farebox.pricing..";
    private static final String CHAIN = "io.farebox.chain..";
    private static final String LEDGER = "io.farebox.ledger..";
    private static final String SETTLEMENT = "io.farebox.settlement..";
    private static final String SERVLET = "io.farebox.servlet..";
    private static final String PROBE = "io.farebox.probe..";

    @Test
    void core_standsOnNothing() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CORE, WIRE, OUTBOX)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        PRICING,
                        CHAIN,
                        LEDGER,
                        SETTLEMENT,
                        SERVLET,
                        "org.springframework..",
                        "jakarta..",
                        "reactor..",
                        "org.web3j..",
                        "io.lettuce..",
                        "io.micrometer..",
                        "org.bouncycastle.."));
    }

    /** The probe judges a deployment from outside: of us it knows the words, not the works. */
    @Test
    void probe_standsOnTheCoreAlone() {
        check(noClasses()
                .that()
                .resideInAPackage(PROBE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PRICING, CHAIN, LEDGER, SETTLEMENT, SERVLET, "org.springframework..", "jakarta.."));
    }

    @Test
    void jackson_onlyInTheJsonReader() {
        check(noClasses()
                .that()
                // Replies of nodes are web3j's types, which are Jackson's to fill.
                .resideOutsideOfPackages("io.farebox.x402.json..", "io.farebox.chain.lookup..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson.."));
    }

    @Test
    void vocabulary_doesNotKnowTheGate() {
        check(noClasses()
                .that()
                .resideInAPackage(WIRE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CORE));
    }

    @Test
    void parts_doNotKnowEachOther() {
        check(noClasses()
                .that()
                .resideInAPackage(PRICING)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CHAIN, LEDGER, SETTLEMENT, SERVLET));
        check(noClasses()
                .that()
                .resideInAPackage(CHAIN)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PRICING, LEDGER, SETTLEMENT, SERVLET));
        check(noClasses()
                .that()
                .resideInAPackage(LEDGER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PRICING, CHAIN, SETTLEMENT, SERVLET));
        check(noClasses()
                .that()
                .resideInAPackage(SETTLEMENT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SERVLET));
    }

    @Test
    void packages_haveNoCycles() {
        check(slices().matching("io.farebox.(*)..").should().beFreeOfCycles());
    }

    @Test
    void decide_neitherBlocksNorAsks() {
        check(noClasses()
                .that()
                .haveSimpleNameStartingWith("Decisions")
                .or()
                .haveSimpleName("Terms")
                .or()
                .haveSimpleName("Matching")
                .should()
                .dependOnClassesThat()
                .haveSimpleNameContaining("Book")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleNameContaining("Facilitator"));
    }

    @Test
    void money_isNeverFloating() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CORE, WIRE, PRICING, CHAIN, LEDGER)
                .should()
                .callMethod(Double.class, "parseDouble", String.class));
    }

    @Test
    void exceptions_sayWhatTheyAre() {
        check(classes()
                .that()
                .areAssignableTo(Exception.class)
                .and()
                .arePublic()
                .should()
                .haveSimpleNameEndingWith("Exception"));
    }

    @Test
    void servlets_areJakarta() {
        check(noClasses().should().dependOnClassesThat().resideInAPackage("javax.servlet.."));
    }

    private static void check(ArchRule rule) {
        rule.check(FAREBOX);
    }
}
