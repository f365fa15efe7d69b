package dev.quorate.coordinator.desk;

import dev.quorate.dsse.Envelope;
import java.util.List;

/** Finds what time-stamping authorities say of certificates. */
public interface Stamps {
    /** Nobody is asked. */
    Stamps NONE = new Stamps() {
        @Override
        public void want(Envelope certificate) {}

        @Override
        public List<byte[]> over(Envelope certificate) {
            return List.of();
        }
    };

    /** Has a certificate stamped soon; does not wait. */
    void want(Envelope certificate);

    /** The tokens over a certificate's signature, if they can be had in good time. */
    List<byte[]> over(Envelope certificate) throws InterruptedException;
}
