package svasim.check;

/** Where invariants report what is broken. */
interface Docket {
    /**
     * @param pasid PASID concerned, or -1
     * @param frame physical address of the frame concerned, or -1
     * @param who requester ID, mm or other number of the offender, as the detail says
     * @param detail what was found, in a few words
     */
    void broken(Invariant invariant, int pasid, long frame, long who, String detail);
}
