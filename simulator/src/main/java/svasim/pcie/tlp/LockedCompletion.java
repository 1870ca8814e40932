package svasim.pcie.tlp;

/**
 * CplLk or CplDLk: answers a {@link LockedRead}.
 *
 * @param completion its contents, which are those of any completion
 */
public record LockedCompletion(Tlp.Completion completion) implements Tlp.RoutedById {
    @Override
    public PasidPrefix pasid() {
        return null;
    }

    @Override
    public int senderId() {
        return completion.completerId();
    }

    @Override
    public int destinationId() {
        return completion.requesterId();
    }

    @Override
    public Attributes attributes() {
        return completion.attributes();
    }

    @Override
    public FlowClass flowClass() {
        return FlowClass.COMPLETION;
    }

    @Override
    public int payloadBytes() {
        return completion.payloadBytes();
    }
}
