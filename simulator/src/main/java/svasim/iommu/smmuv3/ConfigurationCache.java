package svasim.iommu.smmuv3;

import svasim.memory.TaggedCache;

/**
 * Stream table entries by StreamID and context descriptors by StreamID and SubstreamID. Only legal
 * ones are kept, decoded; first-level descriptors are not kept. An entry whose CONT is believed
 * serves all the streams that it says are alike.
 */
final class ConfigurationCache {
    private static final int EXACTLY_ONE = 0;

    private final TaggedCache streamTags;
    private final TaggedCache contextTags;
    private final Stream[] streams;
    private final Context[] contexts;
    private final boolean hints;

    /**
     * @param hints whether CONT is believed
     */
    ConfigurationCache(TaggedCache streamTags, TaggedCache contextTags, boolean hints) {
        this.hints = hints;
        this.streamTags = streamTags;
        this.contextTags = contextTags;
        this.streams = new Stream[streamTags.slots()];
        this.contexts = new Context[contextTags.slots()];
    }

    TaggedCache streamTags() {
        return streamTags;
    }

    TaggedCache contextTags() {
        return contextTags;
    }

    /** The stream, or null if it is not cached. */
    Stream stream(int streamId) {
        int slot = streamTags.find(0, Integer.toUnsignedLong(streamId));
        return slot == TaggedCache.MISS ? null : streams[slot];
    }

    /** Whether several entries would serve (F_CFG_CONFLICT). */
    boolean conflict(int streamId) {
        return streamTags.covering(0, Integer.toUnsignedLong(streamId)) > 1;
    }

    /**
     * @param lookUp that has read it
     */
    void keep(int streamId, Stream stream, long lookUp) {
        int alike = hints ? stream.entry().cont() : EXACTLY_ONE;
        int slot = streamTags.insert(0, Integer.toUnsignedLong(streamId), alike, lookUp);
        if (slot != TaggedCache.MISS) {
            streams[slot] = stream;
        }
    }

    /** The context, or null if it is not cached. */
    Context context(int streamId, int index) {
        int slot = contextTags.find(index, Integer.toUnsignedLong(streamId));
        return slot == TaggedCache.MISS ? null : contexts[slot];
    }

    /**
     * @param lookUp that has read it
     */
    void keep(int streamId, int index, Context context, long lookUp) {
        long address = Integer.toUnsignedLong(streamId);
        int slot = contextTags.insert(index, address, EXACTLY_ONE, lookUp);
        if (slot != TaggedCache.MISS) {
            contexts[slot] = context;
        }
    }

    /**
     * Removes the streams of 2^shift StreamIDs around one, and their contexts.
     *
     * @return entries removed
     */
    int dropStreams(int streamId, int shift) {
        long address = Integer.toUnsignedLong(streamId);
        return streamTags.invalidate(0, 0, address, shift)
                + contextTags.invalidate(0, 0, address, shift);
    }

    int dropContext(int streamId, int index) {
        long address = Integer.toUnsignedLong(streamId);
        return contextTags.invalidate(index, TaggedCache.EXACT, address, EXACTLY_ONE);
    }

    int dropContexts(int streamId) {
        return contextTags.invalidate(0, 0, Integer.toUnsignedLong(streamId), EXACTLY_ONE);
    }
}
