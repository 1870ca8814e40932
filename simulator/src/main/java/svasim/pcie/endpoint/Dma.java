package svasim.pcie.endpoint;

/**
 * What a device model touches memory with. Accesses start in the order of the calls and end in any
 * order; none ends within the call that makes it.
 */
public interface Dma {
    /**
     * Reads memory into the request's buffer.
     *
     * @param token handed back to the client
     */
    void read(DmaRequest request, DmaClient client, long token);

    /**
     * Writes memory from the request's buffer, which is copied at once. Ends when the last packet
     * is on its way, ahead of everything posted that follows; whether an untranslated write is
     * refused by the IOMMU its sender never learns.
     */
    void write(DmaRequest request, DmaClient client, long token);

    /** Accesses of the PASID under way. {@code PasidPrefix.NONE}: those without PASID. */
    int outstanding(int pasid);

    /**
     * Calls the listener once as soon as no access of the PASID is under way; from within this call
     * if that is so now.
     */
    void whenIdle(int pasid, IdleListener listener);

    /**
     * Gives up the accesses of the PASID that wait for a translation or for a page, which end with
     * {@link DmaStatus#DISCARDED}; those that are on the link end by themselves. Page requests that
     * were sent stay outstanding until they are answered.
     */
    void discard(int pasid);

    /**
     * Who has asked with one PASID, and has given its accesses up, has another one from now on. A
     * translation is kept under the PASID of whoever asked as it is when the answer comes, also one
     * that nobody waits for any more.
     */
    void reassign(int from, int to);

    /**
     * Sends a Stop Marker: no further Page Request of the PASID follows. Does nothing while the
     * PASID capability is off.
     */
    void stopMarker(int pasid);
}
