package svasim.iommu.smmuv2;

import svasim.iommu.core.Bits;
import svasim.iommu.core.RegisterBlock;

/** SMRn and S2CRn: which stream mapping group a stream belongs to (reference smmuv2.md 1). */
final class StreamMapping implements RegisterBlock {

    /** No group, several groups. */
    static final int NO_MATCH = -1;

    static final int CONFLICT = -2;

    /** Of SMR, unless stream IDs can be extended. */
    private static final int RESERVED = 1 << 15;

    private static final int ID_BITS = 15;
    private static final int EXTENDED_ID_BITS = 16;

    private final Features features;
    private final GlobalControl control;
    private final int[] matches;
    private final int[] contexts;

    StreamMapping(Features features, GlobalControl control) {
        this.features = features;
        this.control = control;
        matches = new int[features.matchesStreams() ? features.mappingGroups() : 0];
        contexts = new int[features.mappingGroups()];
    }

    /** The stream ID that a requester ID makes. */
    int streamId(int requesterId) {
        return (int) Bits.lowBits(requesterId, features.streamBits(control.extendedStreams()));
    }

    /** Group of a stream, {@link #NO_MATCH} or {@link #CONFLICT}. */
    int group(int streamId) {
        if (!features.matchesStreams()) {
            return streamId < contexts.length ? streamId : NO_MATCH;
        }
        int found = NO_MATCH;
        for (int group = 0; group < matches.length; group++) {
            if (matches(group, streamId)) {
                if (found != NO_MATCH) {
                    return CONFLICT;
                }
                found = group;
            }
        }
        return found;
    }

    private boolean matches(int group, int streamId) {
        boolean extended = control.extendedStreams();
        int register = matches[group];
        boolean valid =
                extended
                        ? StreamToContext.extendedValid(contexts[group])
                        : StreamMatch.valid(register);
        int bits = extended ? EXTENDED_ID_BITS : ID_BITS;
        int ignored = register >>> Short.SIZE;
        return valid && Bits.lowBits((register ^ streamId) & ~ignored, bits) == 0;
    }

    /** S2CR of a group. */
    int context(int group) {
        return contexts[group];
    }

    @Override
    public boolean has(int offset) {
        return index(offset, GlobalRegister.SMR) < matches.length && offset >= GlobalRegister.SMR
                || index(offset, GlobalRegister.S2CR) < contexts.length
                        && offset >= GlobalRegister.S2CR;
    }

    @Override
    public int read(int offset) {
        return offset < GlobalRegister.S2CR
                ? matches[index(offset, GlobalRegister.SMR)]
                : contexts[index(offset, GlobalRegister.S2CR)];
    }

    @Override
    public void write(int offset, int value) {
        if (offset < GlobalRegister.S2CR) {
            matches[index(offset, GlobalRegister.SMR)] =
                    features.extendedStreams() ? value : value & ~RESERVED;
        } else {
            contexts[index(offset, GlobalRegister.S2CR)] = value;
        }
    }

    private static int index(int offset, int first) {
        return (offset - first) / Integer.BYTES;
    }
}
