package svasim.iommu.core;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;

/**
 * Makes one completion of the answers to a Translation Request: a request may ask for several
 * pages, each of which is looked up by itself. The entries of a completion are for ranges of one
 * size that follow each other: pages in a range that has its entry get none of their own, and
 * answers behind a page that failed, or whose range has another size, are left out. If the first
 * page failed, the whole request is completed with its status (PCI Express Base, 10.2.3).
 */
public final class TranslationReplies {
    /** Smallest translation unit: the pages of a request are 4 KiB apart. */
    private static final int UNIT_SHIFT = 12;

    /** Answers that have come so far. */
    private static final class Pending {
        final long address;
        final long[] entries;
        final CompletionStatus[] statuses;
        int missing;

        Pending(long address, int count) {
            this.address = address;
            entries = new long[count];
            statuses = new CompletionStatus[count];
            missing = count;
        }

        /** Entries of the completion. */
        byte[] data() {
            ByteBuffer data = ByteBuffer.allocate(entries.length * Long.BYTES);
            int shift = TranslationEntry.shift(entries[0]);
            long next = address;
            for (int i = 0; i < entries.length && isGood(i, shift); i++) {
                if (Long.compareUnsigned(address + ((long) i << UNIT_SHIFT), next) >= 0) {
                    data.putLong(entries[i]);
                    next = ((next >>> shift) + 1) << shift;
                }
            }
            return Arrays.copyOf(data.array(), data.position());
        }

        private boolean isGood(int index, int shift) {
            return statuses[index] == CompletionStatus.SUCCESS
                    && TranslationEntry.shift(entries[index]) == shift;
        }
    }

    private final DownstreamPort port;
    private final Map<Tlp.TranslationRequest, Pending> requests = new IdentityHashMap<>();

    public TranslationReplies(DownstreamPort port) {
        this.port = port;
    }

    /**
     * A request arrives; {@link #answer} has to come for each of its pages.
     *
     * @return number of pages
     */
    public int expect(Tlp.TranslationRequest request) {
        int count = Math.max(request.entries(), 1);
        requests.put(request, new Pending(request.address(), count));
        return count;
    }

    /** Address of one of the request's pages. */
    public static long page(Tlp.TranslationRequest request, int index) {
        return request.address() + ((long) index << UNIT_SHIFT);
    }

    /**
     * One page has been looked up.
     *
     * @param request the same object as in {@link #expect}
     * @param entry of the completion, if the status is SUCCESS
     */
    public void answer(
            Tlp.TranslationRequest request, long pageAddress, CompletionStatus status, long entry) {
        Pending pending = requests.get(request);
        int index = (int) (pageAddress - request.address() >>> UNIT_SHIFT);
        pending.entries[index] = entry;
        pending.statuses[index] = status;
        if (--pending.missing == 0) {
            requests.remove(request);
            send(request, pending);
        }
    }

    /** Requests without completion. */
    public int outstanding() {
        return requests.size();
    }

    private void send(Tlp.TranslationRequest request, Pending pending) {
        byte[] data = pending.data();
        CompletionStatus status = data.length > 0 ? CompletionStatus.SUCCESS : pending.statuses[0];
        port.send(
                new Tlp.Completion(
                        port.agentId(),
                        request.requesterId(),
                        request.tag(),
                        status,
                        Math.max(data.length, Integer.BYTES),
                        0,
                        data,
                        request.attributes()));
    }
}
