package svasim.models.rogue;

import java.util.List;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.AtomicOperation;
import svasim.pcie.tlp.AtomicRequest;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.IoRequest;
import svasim.pcie.tlp.LockedRead;
import svasim.pcie.tlp.Message;
import svasim.pcie.tlp.MessageRoute;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Packets that are wrong from a function, or answer nothing. */
final class StrayPackets {
    private static final int ALL_TAGS = -1;
    private static final int NOBODY = 0xFFF8;
    private static final int UNKNOWN_CODE = 0x6D;
    private static final int FREE_TAG = RawPort.FIRST_TAG;
    private static final int MOST_COMPLETIONS = 8;

    private final int requester;
    private final long address;

    /**
     * @param requester who they say has sent them
     * @param address that they are about
     */
    StrayPackets(int requester, long address) {
        this.requester = requester;
        this.address = address & -Page.BYTES;
    }

    /** All of them. */
    List<Tlp> all() {
        return List.of(
                completion(NOBODY, FREE_TAG, new byte[Page.PIECE]),
                completion(0, 0, new byte[Page.PIECE]),
                new Tlp.InvalidateCompletion(
                        requester, 0, MOST_COMPLETIONS, ALL_TAGS, Attributes.DEFAULT),
                new Tlp.InvalidateRequest(requester, NOBODY, 0, address, false, false, null),
                new Tlp.PageGroupResponse(requester, NOBODY, 0, 0, new PasidPrefix(1)),
                new Tlp.PageRequest(requester, address, 0, true, false, true, null),
                new Tlp.PageRequest(
                        requester,
                        address,
                        511,
                        true,
                        true,
                        true,
                        new PasidPrefix(PasidPrefix.MAX_PASID)),
                new Tlp.PageRequest(requester, 0, 0, true, false, false, new PasidPrefix(1)),
                new Tlp.ConfigurationRead(requester, 0, FREE_TAG, 0, Integer.BYTES, true),
                new Tlp.ConfigurationWrite(
                        requester, 0, FREE_TAG, 4, new byte[Integer.BYTES], false),
                new IoRequest.Read(requester, FREE_TAG, 0x60, 1),
                new LockedRead(requester, FREE_TAG, address, Integer.BYTES, Attributes.DEFAULT),
                message(MessageRoute.TO_ROOT_COMPLEX),
                message(MessageRoute.FROM_ROOT_COMPLEX),
                message(MessageRoute.BY_ID),
                memory(AddressType.RESERVED, null),
                memory(AddressType.TRANSLATED, new PasidPrefix(PasidPrefix.MAX_PASID)),
                translationRequest(new PasidPrefix(PasidPrefix.MAX_PASID)),
                translationRequest(null),
                atomic());
    }

    /** A completion that nobody has asked this function for. */
    Tlp completion(int of, int tag, byte[] data) {
        return new Tlp.Completion(
                requester,
                of,
                tag,
                CompletionStatus.SUCCESS,
                data.length,
                0,
                data,
                Attributes.DEFAULT);
    }

    /**
     * An invalidation of the requester is completed: of one tag, since who gets it ignores what
     * names a tag that is not in use.
     *
     * @param agent that has asked for it
     */
    Tlp invalidationCompleted(int agent, int itag) {
        return new Tlp.InvalidateCompletion(requester, agent, 1, 1 << itag, Attributes.DEFAULT);
    }

    private Tlp message(MessageRoute route) {
        return new Message(requester, 0, UNKNOWN_CODE, route, 0, new byte[0], Attributes.DEFAULT);
    }

    private Tlp memory(AddressType type, PasidPrefix pasid) {
        return new Tlp.MemoryRead(
                requester, FREE_TAG, address, Integer.BYTES, type, pasid, Attributes.DEFAULT);
    }

    private Tlp translationRequest(PasidPrefix pasid) {
        return new Tlp.TranslationRequest(
                requester, FREE_TAG, address, 1, false, pasid, Attributes.DEFAULT);
    }

    private Tlp atomic() {
        return new AtomicRequest(
                requester,
                FREE_TAG,
                AtomicOperation.FETCH_ADD,
                address,
                new byte[Integer.BYTES],
                AddressType.TRANSLATED,
                null,
                Attributes.DEFAULT);
    }
}
