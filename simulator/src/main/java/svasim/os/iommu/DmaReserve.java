package svasim.os.iommu;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Device addresses for a buffer whose pages come when the device asks for them. */
final class DmaReserve {
    private static final Procedure<DmaReserve> RESERVE =
            Procedure.<DmaReserve>named("dma_reserve_iova")
                    .sleeping("allocate addresses", 200_000, DmaReserve::allocate)
                    .build();

    private final DmaBuffer buffer;

    private DmaReserve(DmaBuffer buffer) {
        this.buffer = buffer;
    }

    static Call<?> call(DmaBuffer buffer) {
        return new Call<>(RESERVE, new DmaReserve(buffer));
    }

    private Next allocate(Cpu cpu) {
        DmaDomain domain = buffer.device().group().dma();
        long iova = domain.addresses().allocate(cpu.number(), buffer.bytes());
        if (iova != IovaSpace.NONE) {
            buffer.leaveAbsent();
            buffer.mapped(iova);
            domain.addOnDemand(buffer);
        }
        return Next.DONE;
    }
}
