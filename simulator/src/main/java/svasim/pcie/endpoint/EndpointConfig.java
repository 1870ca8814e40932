package svasim.pcie.endpoint;

import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * What a function can do and how much of it; absent keys take these defaults.
 *
 * @param pasid whether it has the PASID capability, and of which width
 * @param ats whether it has the ATS capability, and with what
 * @param pri whether it has the PRI capability, and with what
 * @param dma limits of its DMA engine
 * @param atc geometry of its address translation cache
 * @source pasid, ats, pri, dma, atc: see there; a model says what its function has
 */
public record EndpointConfig(Pasid pasid, Ats ats, Pri pri, Limits dma, AtcConfig atc) {
    public EndpointConfig {
        pasid = pasid == null ? new Pasid(null, null, null, null) : pasid;
        ats = ats == null ? Ats.present(true) : ats;
        pri = pri == null ? new Pri() : pri;
        dma = dma == null ? new Limits() : dma;
        atc = atc == null ? new AtcConfig() : atc;
    }

    /** All defaults: a function with PASID, ATS and PRI. */
    public EndpointConfig() {
        this(null, null, null, null, null);
    }

    /**
     * PASID capability.
     *
     * @param present whether there is one
     * @param width Max PASID Width, 1 to 20
     * @param execute Execute Permission Supported
     * @param privileged Privileged Mode Supported
     * @source present, execute, privileged: chosen; a model says what its function has
     * @source width: the widest that there is: PASIDs have 20 bits
     */
    public record Pasid(Boolean present, Integer width, Boolean execute, Boolean privileged) {
        public Pasid {
            present = present == null || present;
            width = width == null ? 20 : width;
            execute = execute != null && execute;
            privileged = privileged == null || privileged;
            Require.range("width", width, 1, 20);
        }
    }

    /**
     * ATS capability.
     *
     * @param present whether there is one
     * @param invalidateQueueDepth Invalidate Requests taken before the link stalls, 1 to 32
     * @param globalInvalidate Global Invalidate Supported
     * @param lateAnswers an erratum: answers to Translation Requests stand so long in a queue of
     *     the function, which Invalidate Requests pass, and are used all the same; the function
     *     then shows the device ID of those that Linux tells of everything twice (QAT 4xxx)
     * @source present, globalInvalidate: chosen; a model says what its function has
     * @source invalidateQueueDepth: the deepest that there is: five bits, 0 for 32
     * @source lateAnswers: chosen: a function without the erratum
     */
    public record Ats(
            Boolean present,
            Integer invalidateQueueDepth,
            Boolean globalInvalidate,
            Picoseconds lateAnswers) {
        public Ats {
            lateAnswers = lateAnswers == null ? Picoseconds.ofNanos(0) : lateAnswers;
            present = present == null || present;
            invalidateQueueDepth = invalidateQueueDepth == null ? 32 : invalidateQueueDepth;
            globalInvalidate = globalInvalidate != null && globalInvalidate;
            Require.range("invalidateQueueDepth", invalidateQueueDepth, 1, 32);
        }

        /** Defaults of all but whether there is one. */
        public static Ats present(boolean present) {
            return new Ats(present, null, null, null);
        }
    }

    /**
     * PRI capability.
     *
     * @param present whether there is one
     * @param capacity Outstanding Page Request Capacity
     * @param responsePasid PRG Response PASID Required
     * @param indexes group indexes that the function uses in turn, from 0 on
     * @param group pages that the function asks for in one group at most
     * @param gather time for which a group that has room waits for another page, before its last
     *     request is sent
     * @param stopMarker time from giving up the accesses of a PASID to the Stop Marker that says
     *     so; absent for a function that sends none
     * @param bug what the function does wrong when it asks for pages
     * @source present, responsePasid, stopMarker, bug: chosen
     * @source capacity, indexes: as many as there are indexes: nine bits
     * @source group, gather: assumed
     */
    public record Pri(
            Boolean present,
            Integer capacity,
            Boolean responsePasid,
            Integer indexes,
            Integer group,
            Picoseconds gather,
            Picoseconds stopMarker,
            PriBug bug) {
        public Pri {
            present = present == null || present;
            capacity = capacity == null ? 512 : capacity;
            responsePasid = responsePasid == null || responsePasid;
            indexes = indexes == null ? 512 : indexes;
            group = group == null ? 1 : group;
            gather = gather == null ? Picoseconds.ofNanos(500) : gather;
            bug = bug == null ? PriBug.NONE : bug;
            Require.positive("capacity", capacity);
            Require.range("indexes", indexes, 1, 512);
            Require.range("group", group, 1, 512);
            Require.positive("gather", gather.value());
        }

        /** All defaults: one page a group, and no Stop Markers. */
        public Pri() {
            this(null, null, null, null, null, null, null, null);
        }

        /** The same without the capability, or with it. */
        public static Pri present(boolean there) {
            return new Pri(there, null, null, null, null, null, null, null);
        }
    }

    /**
     * DMA engine.
     *
     * @param maxPayload largest write, 128 B to 4 KiB; the port above may allow less
     * @param maxReadRequest largest read, 128 B to 4 KiB
     * @param tags reads and Translation Requests outstanding at once, 1 to 256
     * @param requests accesses in progress at once; further ones wait
     * @param completionTimeout time after which a read is given up
     * @param relaxedOrdering whether every packet asks for relaxed ordering, if Device Control lets
     *     it: right for bulk data, wrong for what tells a program that the data is there
     * @param straggler time from the end of the last access of a PASID to another one like it,
     *     which nobody has asked for: a prefetch that was not stopped; absent for a function that
     *     is idle when it says so
     * @param trafficClasses how many the function sends in, 1 to 8; a stream uses that of its
     *     number modulo this, and an invalidation is completed once in each
     * @param intake how fast the function takes completions in; absent, as fast as the link
     * @source maxPayload, maxReadRequest: assumed: what common hosts set
     * @source tags: as many as fit 8 bits
     * @source requests: assumed; a model says its own
     * @source completionTimeout: assumed: the default range of PCI Express ends at 50 ms
     * @source relaxedOrdering, straggler, trafficClasses, intake: chosen: a plain function
     */
    public record Limits(
            ByteSize maxPayload,
            ByteSize maxReadRequest,
            Integer tags,
            Integer requests,
            Picoseconds completionTimeout,
            Boolean relaxedOrdering,
            Picoseconds straggler,
            Integer trafficClasses,
            IntakeConfig intake) {
        public Limits {
            trafficClasses = trafficClasses == null ? 1 : trafficClasses;
            Require.range("trafficClasses", trafficClasses, 1, 8);
            relaxedOrdering = relaxedOrdering != null && relaxedOrdering;
            maxPayload = maxPayload == null ? new ByteSize(256) : maxPayload;
            maxReadRequest = maxReadRequest == null ? new ByteSize(512) : maxReadRequest;
            tags = tags == null ? 256 : tags;
            requests = requests == null ? 64 : requests;
            completionTimeout =
                    completionTimeout == null ? Picoseconds.ofMicros(50_000) : completionTimeout;
            packetSize("maxPayload", maxPayload);
            packetSize("maxReadRequest", maxReadRequest);
            Require.range("tags", tags, 1, 256);
            Require.positive("requests", requests);
            Require.positive("completionTimeout", completionTimeout.value());
        }

        /** All defaults. */
        public Limits() {
            this(null, null, null, null, null, null, null, null, null);
        }

        /** All defaults but for the accesses in progress at once. */
        public static Limits ofRequests(int requests) {
            return new Limits(null, null, null, requests, null, null, null, null, null);
        }

        /** All defaults but for the tags. */
        public static Limits ofTags(int tags) {
            return new Limits(null, null, tags, null, null, null, null, null, null);
        }

        private static void packetSize(String component, ByteSize size) {
            Require.powerOfTwo(component, size.bytes());
            Require.range(component, size.bytes(), 128, 4096);
        }
    }
}
