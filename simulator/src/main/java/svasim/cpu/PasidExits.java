package svasim.cpu;

/** What a hypervisor does when ENQCMD or ENQCMDS of a guest leaves the guest. */
public interface PasidExits {
    /** Basic exit reason of ENQCMD. */
    int ENQCMD = 72;

    /** Basic exit reason of ENQCMDS. */
    int ENQCMDS = 73;

    /** The PASID was translated, and the descriptor goes on its way. */
    void translated(int guestPasid, int hostPasid);

    /**
     * It has no translation: a VM exit, whose time is the handler's to spend.
     *
     * @param reason {@link #ENQCMD} or {@link #ENQCMDS}
     * @return whether the guest tries again; else the instruction ends in #GP
     */
    boolean untranslated(int reason, int guestPasid, Cpu cpu);
}
