package dev.quorate.it.sim;

import dev.quorate.coordinator.log.SteppedLog;
import java.util.Optional;

/** What a coordinator's process has of those outside who vouch for it. */
interface Vouchers {
    /** Nobody does. */
    Vouchers NONE = new Vouchers() {
        @Override
        public Optional<SimulatedCosigner> cosigner(SteppedLog log) {
            return Optional.empty();
        }

        @Override
        public Optional<SimulatedStamper> stamper() {
            return Optional.empty();
        }
    };

    /** Has witnesses cosign its log. */
    Optional<SimulatedCosigner> cosigner(SteppedLog log);

    /** Has an authority stamp its certificates. */
    Optional<SimulatedStamper> stamper();
}
