package svasim.os.mm;

import java.util.EnumSet;
import svasim.cpu.Architecture;
import svasim.paging.Granule;
import svasim.paging.Stage;
import svasim.paging.VmsaSizes;
import svasim.paging.VmsaStage1;
import svasim.paging.VmsaStage1Format;
import svasim.paging.X86Stage;

/** Format of the page tables of processes: four levels of 4 KiB, for 48 bits. */
public final class ProcessStage {
    /** Bits of an input address; on Arm the size of the half of TTB0. */
    public static final int INPUT_BITS = 48;

    /** Bits of an output address of VMSAv8-64. */
    public static final int VMSA_OUTPUT_BITS = 48;

    private static final int X86_LEVELS = 4;
    private static final int X86_ADDRESS_BITS = 52;

    private ProcessStage() {}

    /** The tables below a root, as a core walks them. */
    public static Stage of(Architecture architecture, long root) {
        return architecture == Architecture.AARCH64 ? vmsa(root) : x86(root);
    }

    private static Stage x86(long root) {
        EnumSet<X86Stage.Option> options =
                EnumSet.of(X86Stage.Option.WRITE_PROTECT, X86Stage.Option.EXECUTE_DISABLE);
        return new X86Stage(X86_LEVELS, root, X86_ADDRESS_BITS, options);
    }

    /** Software sets the access flag with the mapping, so that hardware updates need not be on. */
    private static Stage vmsa(long root) {
        var format = new VmsaStage1Format(Granule.KIB_4, false);
        var sizes = VmsaSizes.ofStage1(format, INPUT_BITS, VMSA_OUTPUT_BITS);
        return new VmsaStage1(format, sizes, root, EnumSet.noneOf(VmsaStage1.Option.class));
    }
}
