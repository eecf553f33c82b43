import { useSyncExternalStore } from 'react';
import { machineStore, type MachineList } from './machineStore';

/** The live list of all machines; asking for it starts loading it. */
export function useMachines(): MachineList {
  return useSyncExternalStore(machineStore.subscribe, machineStore.current);
}
