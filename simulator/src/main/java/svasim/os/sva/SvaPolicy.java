package svasim.os.sva;

import svasim.os.procedure.Call;

/** Who holds what until when: what happens at bind, at unbind and when an address space dies. */
interface SvaPolicy {
    /** Makes a bond, or says why not. */
    Call<?> bind(BindRequest request);

    /** Ends a use of a bond; the last one ends the bond. */
    Call<?> unbind(Bond bond);
}
