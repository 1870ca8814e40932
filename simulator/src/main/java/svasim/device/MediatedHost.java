package svasim.device;

import svasim.os.sva.PasidSet;
import svasim.pcie.fabric.MessageInterrupts;

/**
 * What a composed device gets of its virtual machine.
 *
 * @param name of the device in the guest, with that of the machine
 * @param numbers PASIDs of the machine, as the guest and as the bus know them
 * @param interrupts takes what the device tells the guest
 */
public record MediatedHost(String name, PasidSet numbers, MessageInterrupts interrupts) {}
