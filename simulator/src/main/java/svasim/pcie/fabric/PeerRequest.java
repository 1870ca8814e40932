package svasim.pcie.fabric;

import java.util.Arrays;
import java.util.function.Consumer;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.AtomicRequest;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/**
 * A memory request as the root complex sends it on to a peer: a write in pieces that the peer takes
 * (PCI Express Base 5.0, 1.3.1: a root complex may split packets between its ports).
 *
 * @param address where it goes
 * @param translated whether the IOMMU has said so: then nothing is left to translate, and the
 *     address is of no process
 */
record PeerRequest(Tlp.MemoryRequest request, long address, boolean translated) {
    /**
     * Sends the request on.
     *
     * @param maxPayload of the way down to the peer, in bytes
     */
    void send(int maxPayload, Consumer<Tlp> down) {
        if (request instanceof Tlp.MemoryRead read) {
            down.accept(read(read));
        } else if (request instanceof AtomicRequest atomic) {
            down.accept(atomic(atomic));
        } else if (request instanceof Tlp.MemoryWrite write) {
            int bytes = write.data().length;
            int at = 0;
            do {
                int piece = Math.min(bytes - at, maxPayload);
                down.accept(write(write, at, piece));
                at += piece;
            } while (at < bytes);
        }
    }

    private AddressType addressType() {
        return translated ? AddressType.UNTRANSLATED : request.addressType();
    }

    private PasidPrefix pasid() {
        return translated ? null : request.pasid();
    }

    private Tlp read(Tlp.MemoryRead read) {
        return new Tlp.MemoryRead(
                read.requesterId(),
                read.tag(),
                address,
                read.bytes(),
                addressType(),
                pasid(),
                read.attributes());
    }

    private Tlp atomic(AtomicRequest atomic) {
        return new AtomicRequest(
                atomic.requesterId(),
                atomic.tag(),
                atomic.operation(),
                address,
                atomic.data(),
                addressType(),
                pasid(),
                atomic.attributes());
    }

    private Tlp write(Tlp.MemoryWrite write, int at, int bytes) {
        byte[] whole = write.data();
        return new Tlp.MemoryWrite(
                write.requesterId(),
                address + at,
                bytes == whole.length ? whole : Arrays.copyOfRange(whole, at, at + bytes),
                addressType(),
                pasid(),
                write.attributes());
    }
}
