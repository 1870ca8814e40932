package svasim.pcie.endpoint;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import svasim.kernel.Kernel;
import svasim.pcie.fabric.TranslationAgent;
import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;

/** A translation agent with a table in Java: what the endpoint tests put an IOMMU's place with. */
final class TableAgent implements TranslationAgent {
    /** Time that the agent needs for a translation. */
    static final long SERVICE_PS = 100_000;

    private record Page(int pasid, long number) {}

    private final Kernel kernel;
    private final Map<Page, Long> table = new HashMap<>();
    final List<Tlp.TranslationRequest> translations = new ArrayList<>();
    final List<Tlp.PageRequest> pages = new ArrayList<>();
    final List<Tlp.InvalidateCompletion> invalidated = new ArrayList<>();

    /** Status of translation completions. */
    CompletionStatus status = CompletionStatus.SUCCESS;

    /** Entries of a completion, whatever was asked for. */
    int mostEntries = 8;

    /** Translation Requests wait for {@link #answer}. */
    boolean hold;

    /** Told of each Invalidate Completion. */
    Runnable whenInvalidated = () -> {};

    private TlpSink downstream;
    private int agentId;

    TableAgent(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Maps a page of 2^shift bytes with flags of a translation entry. */
    void map(int pasid, long address, long output, int shift, long flags) {
        for (long page = address; page < address + (1L << shift); page += 4096) {
            table.put(new Page(pasid, page >>> 12), TranslationEntry.range(output, shift) | flags);
        }
    }

    void unmap(int pasid, long address) {
        table.remove(new Page(pasid, address >>> 12));
    }

    /** Sends an Invalidate Request; {@code NONE} for one without PASID. */
    void invalidate(int itag, int pasid, long address, int shift) {
        invalidate(itag, pasid, address, shift, false);
    }

    void invalidate(int itag, int pasid, long address, int shift, boolean global) {
        long range = TranslationEntry.range(address, shift);
        boolean sized = (range & TranslationEntry.SIZE) != 0;
        send(
                new Tlp.InvalidateRequest(
                        agentId,
                        EndpointRig.RID,
                        itag,
                        range & -4096,
                        sized,
                        global,
                        prefix(pasid)));
    }

    void respond(int index, int code, int pasid) {
        send(new Tlp.PageGroupResponse(agentId, EndpointRig.RID, index, code, prefix(pasid)));
    }

    void send(Tlp tlp) {
        downstream.offer(tlp, kernel.nowPs());
    }

    /** Answers a Translation Request from the table as it is now. */
    void answer(Tlp.TranslationRequest request) {
        boolean good = status == CompletionStatus.SUCCESS;
        int entries = good ? Math.min(request.entries(), mostEntries) : 0;
        ByteBuffer data = ByteBuffer.allocate(8 * entries);
        for (int i = 0; i < entries; i++) {
            long page = request.address() + i * 4096L;
            data.putLong(entry(PasidPrefix.number(request.pasid()), page));
        }
        complete(request, Math.max(data.capacity(), 4), data.array());
    }

    /** Sends one completion of a Translation Request. */
    void complete(Tlp.TranslationRequest request, int byteCount, byte[] data) {
        send(
                new Tlp.Completion(
                        agentId,
                        request.requesterId(),
                        request.tag(),
                        status,
                        byteCount,
                        0,
                        data,
                        request.attributes()));
    }

    @Override
    public void connect(TlpSink sink, int id) {
        downstream = sink;
        agentId = id;
    }

    @Override
    public void translate(Tlp.MemoryRequest request, long nowPs, long token, Reply reply) {
        if (request.addressType() == AddressType.TRANSLATED) {
            reply.translated(token, request.address());
            return;
        }
        long entry = entry(PasidPrefix.number(request.pasid()), request.address());
        if (entry == 0) {
            reply.refused(token, CompletionStatus.UNSUPPORTED_REQUEST);
        } else {
            long inPage = (1L << TranslationEntry.shift(entry)) - 1;
            reply.translated(token, TranslationEntry.base(entry) | request.address() & inPage);
        }
    }

    @Override
    public void receive(Tlp tlp, long nowPs) {
        if (tlp instanceof Tlp.TranslationRequest request) {
            translations.add(request);
            if (!hold) {
                kernel.after(SERVICE_PS, (now, kind, data) -> answer(request), 0, 0);
            }
        } else if (tlp instanceof Tlp.PageRequest request) {
            pages.add(request);
        } else if (tlp instanceof Tlp.InvalidateCompletion completion) {
            invalidated.add(completion);
            whenInvalidated.run();
        }
    }

    private long entry(int pasid, long address) {
        return table.getOrDefault(new Page(pasid, address >>> 12), 0L);
    }

    private static PasidPrefix prefix(int pasid) {
        return pasid == PasidPrefix.NONE ? null : new PasidPrefix(pasid);
    }
}
