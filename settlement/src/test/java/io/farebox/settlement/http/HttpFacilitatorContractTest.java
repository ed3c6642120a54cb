package io.farebox.settlement.http;

import io.farebox.gate.Facilitator;
import io.farebox.testkit.facilitator.FacilitatorContract;
import io.farebox.testkit.facilitator.SamplePayments;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.x402.FacilitatorRequest;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

class HttpFacilitatorContractTest {
    @Nested
    class Version1 extends OverHttp {
        Version1() {
            super(1);
        }
    }

    @Nested
    class Version2 extends OverHttp {
        Version2() {
            super(2);
        }
    }

    abstract static class OverHttp extends FacilitatorContract {
        private final StubFacilitator stub = StubFacilitator.start();
        private final HttpFacilitator facilitator = new HttpFacilitator(
                FacilitatorSettings.of("stub", stub.url()), SamplePayments.V1_NAMES, InstantSource.system());
        private final int version;

        OverHttp(int version) {
            this.version = version;
        }

        @Override
        protected Facilitator facilitator() {
            return facilitator;
        }

        @Override
        protected FacilitatorRequest payable(int n) {
            return SamplePayments.evm(version, n);
        }

        @Override
        protected String payer() {
            return SamplePayments.PAYER;
        }

        @Override
        protected int charges(FacilitatorRequest request) {
            return stub.ledger().isCharged(SamplePayments.authorization(request)) ? 1 : 0;
        }

        @AfterEach
        void close() {
            facilitator.close();
            stub.close();
        }
    }
}
