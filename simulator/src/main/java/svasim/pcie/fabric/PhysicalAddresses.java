package svasim.pcie.fabric;

import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/** No IOMMU: addresses are physical, a PASID or an ATS service is not supported. */
final class PhysicalAddresses implements TranslationAgent {
    private static final int ENTRY_BYTES = 8;

    private TlpSink downstream;
    private int agentId;

    @Override
    public void connect(TlpSink sink, int id) {
        downstream = sink;
        agentId = id;
    }

    @Override
    public void translate(Tlp.MemoryRequest request, long nowPs, long token, Reply reply) {
        if (request.addressType() == AddressType.UNTRANSLATED && request.pasid() == null) {
            reply.translated(token, request.address());
        } else {
            reply.refused(token, CompletionStatus.UNSUPPORTED_REQUEST);
        }
    }

    @Override
    public void receive(Tlp tlp, long nowPs) {
        if (tlp instanceof Tlp.TranslationRequest request) {
            downstream.offer(
                    new Tlp.Completion(
                            agentId,
                            request.requesterId(),
                            request.tag(),
                            CompletionStatus.UNSUPPORTED_REQUEST,
                            request.entries() * ENTRY_BYTES,
                            0,
                            new byte[0],
                            request.attributes().ofAnswer()),
                    nowPs);
        }
    }
}
