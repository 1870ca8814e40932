package svasim.cpu;

/**
 * Register state of a task while no core runs it: the supervisor component PASID (XSAVE state
 * component 10) of its XSAVE area. It is in its initial state, all zero, unless the task has used
 * ENQCMD.
 */
public final class ExtendedState {
    private long pasid = Ia32Pasid.INITIAL;

    /** The saved IA32_PASID. */
    public long pasid() {
        return pasid;
    }

    public void pasid(long register) {
        pasid = register;
    }
}
