package svasim.pcie.tlp;

/** Marks the data of a packet as known to be wrong (EP; PCI Express Base 5.0, 2.7.2.2). */
public final class Poison {
    private Poison() {}

    /** The packet with EP set; null if it has no data or is of a kind that is never poisoned. */
    public static Tlp of(Tlp tlp) {
        if (tlp.payloadBytes() == 0) {
            return null;
        }
        Attributes wrong = tlp.attributes().withPoison(true);
        if (tlp instanceof Tlp.MemoryWrite write) {
            return new Tlp.MemoryWrite(
                    write.requesterId(),
                    write.address(),
                    write.data(),
                    write.addressType(),
                    write.pasid(),
                    wrong);
        } else if (tlp instanceof Tlp.Completion completion) {
            return poisoned(completion, wrong);
        } else if (tlp instanceof AtomicRequest atomic) {
            return poisoned(atomic, wrong);
        }
        return tlp instanceof Tlp.DeferrableWrite write ? poisoned(write, wrong) : null;
    }

    private static Tlp poisoned(Tlp.Completion completion, Attributes wrong) {
        return new Tlp.Completion(
                completion.completerId(),
                completion.requesterId(),
                completion.tag(),
                completion.status(),
                completion.byteCount(),
                completion.lowerAddress(),
                completion.data(),
                wrong);
    }

    private static Tlp poisoned(AtomicRequest atomic, Attributes wrong) {
        return new AtomicRequest(
                atomic.requesterId(),
                atomic.tag(),
                atomic.operation(),
                atomic.address(),
                atomic.data(),
                atomic.addressType(),
                atomic.pasid(),
                wrong);
    }

    private static Tlp poisoned(Tlp.DeferrableWrite write, Attributes wrong) {
        return new Tlp.DeferrableWrite(
                write.requesterId(),
                write.tag(),
                write.address(),
                write.data(),
                write.addressType(),
                write.pasid(),
                wrong);
    }
}
