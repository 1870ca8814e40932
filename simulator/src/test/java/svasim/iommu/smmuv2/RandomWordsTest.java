package svasim.iommu.smmuv2;

import java.util.List;
import java.util.SplittableRandom;
import svasim.iommu.core.HostileUnit;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.RandomPages;
import svasim.iommu.core.RandomWordsContract;
import svasim.iommu.core.SlowTranslator;
import svasim.iommu.core.SlowVmsa;
import svasim.iommu.core.UnitBench;
import svasim.paging.Stage;
import svasim.pcie.tlp.PasidPrefix;

/** Stage 1 tables of a context bank over stage 2 tables of another; registers instead of tables. */
class RandomWordsTest extends RandomWordsContract {
    private static final int TERMINATE = SmmuV2UnderTest.TERMINATE;
    private static final int BANK = SmmuV2UnderTest.BANK;
    private static final int SECOND_BANK = SmmuV2UnderTest.SECOND_BANK;
    private static final int[] CONFIGURATION = {
        BankRegister.SCTLR,
        BankRegister.TCR2,
        BankRegister.TTBR0,
        BankRegister.TTBR0 + 4,
        BankRegister.TTBR1,
        BankRegister.TTBR1 + 4,
        BankRegister.TCR
    };

    @Override
    protected HostileUnit create() {
        var unit = new SmmuV2UnderTest();
        Stage first = SmmuV2UnderTest.stage1(unit.newTable());
        RandomPages.map(first, unit.tables);
        Stage second = SmmuV2UnderTest.stage2(unit.newTable());
        RandomPages.mapBelow(second, unit.tables, unit.tables.allocated());
        var hostile = new Hostile(unit, first.root(), second.root());
        hostile.program();
        return hostile;
    }

    private record Hostile(SmmuV2UnderTest unit, long first, long second) implements HostileUnit {
        @Override
        public UnitBench bench() {
            return unit.bench;
        }

        @Override
        public Iommu iommu() {
            return unit.smmu;
        }

        @Override
        public int requesterId() {
            return SmmuV2UnderTest.STREAM;
        }

        @Override
        public int pasid() {
            return PasidPrefix.NONE;
        }

        @Override
        public List<Long> configuration() {
            return List.of();
        }

        @Override
        public List<Long> pageTables() {
            return unit.tables.allocated();
        }

        @Override
        public SlowTranslator slow() {
            var below = new SlowVmsa(unit.memory, second, 39, true, SlowTranslator.IDENTITY);
            return new SlowVmsa(unit.memory, first, 48, false, below);
        }

        @Override
        public void program() {
            unit.write(SmmuV2UnderTest.SCR0, SmmuV2UnderTest.CONTROL);
            unit.stream(0, SmmuV2UnderTest.STREAM, BANK);
            unit.type(BANK, BankAttributes.STAGE_1);
            unit.stage1Bank(BANK, first, SmmuV2UnderTest.ASID, TERMINATE);
            unit.stage2Bank(SECOND_BANK, second, TERMINATE);
            unit.write(
                    unit.attribute(0, BANK),
                    BankAttributes.NESTED << 16 | SECOND_BANK << 8 | SmmuV2UnderTest.VMID);
        }

        @Override
        public void spoilRegisters(SplittableRandom random) {
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                long register = programmed(random);
                unit.write(register, unit.register(register) ^ 1 << random.nextInt(32));
            }
        }

        private long programmed(SplittableRandom random) {
            int bank = random.nextBoolean() ? BANK : SECOND_BANK;
            return switch (random.nextInt(6)) {
                case 0 -> GlobalRegister.S2CR;
                case 1 -> GlobalRegister.SMR;
                case 2 -> unit.attribute(random.nextBoolean() ? 0 : 0x800, bank);
                default -> unit.offset(bank, CONFIGURATION[random.nextInt(CONFIGURATION.length)]);
            };
        }

        @Override
        public void forget() {
            unit.write(SmmuV2UnderTest.TLBIALLNSNH, 0);
            for (int bank : new int[] {BANK, SECOND_BANK}) {
                unit.writeBank(bank, BankRegister.FSR, -1);
                unit.writeBank(bank, BankRegister.RESUME, 1);
            }
        }

        /** An operation on the TLB, of a bank or of what would be one. */
        @Override
        public boolean command(SplittableRandom random) {
            TlbOperation[] all = TlbOperation.values();
            int offset = all[random.nextInt(all.length)].offset();
            int bank = random.nextBoolean() ? BANK : random.nextInt(0x100);
            unit.write64(unit.offset(bank, offset), random.nextLong());
            unit.write(SmmuV2UnderTest.TLBGSYNC, 0);
            return unit.register(SmmuV2UnderTest.TLBGSTATUS) == 0;
        }

        @Override
        public boolean refusesCommands() {
            return false;
        }

        @Override
        public long register(SplittableRandom random) {
            long page = random.nextInt(3) == 0 ? random.nextInt(2) : 32 + random.nextInt(8);
            return page << 12 | random.nextInt(0x1000);
        }
    }
}
