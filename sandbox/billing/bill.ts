/** The bill: line items that say their formula and the fact behind each number. */

export interface BillLine {
  /** Unique together with `architecture`. */
  readonly id:
    | 'requests'
    | 'init'
    | 'compute'
    | 'ephemeral-storage'
    | 'streamed'
    | 'traces'
    | 'provisioned-capacity'
    | 'provisioned-compute'
    | 'rest-api-requests'
    | 'http-api-requests'
    | 'load-balancer-hours'
    | 'load-balancer-capacity-unit-hours'
    | 'nat-gateway-hours'
    | 'nat-gateway-gigabytes'
    | 'interface-endpoint-hours'
    | 'interface-endpoint-gigabytes'
    | 'public-ipv4-hours';
  /** Absent for lines whose price does not depend on it. */
  readonly architecture?: 'x86_64' | 'arm64';
  /** What a person reads: `4 requests`, `init 0.790 s × 0.125 GB`. */
  readonly label: string;
  /** The whole formula with numbers: `0.09875 GB-s × $0.0000133334`. */
  readonly formula: string;
  /** The fact ids behind the numbers in the formula. */
  readonly facts: readonly string[];
  /** What the free tier covered, in the unit of the line; 0 when it is off. */
  readonly freeQuantity: number;
  readonly quantity: number;
  readonly unit: 'requests' | 'GB-seconds' | 'GB' | 'traces' | 'hours' | 'LCU-hours';
  /** US dollars, unrounded. */
  readonly amount: number;
}

export interface Bill {
  readonly lines: readonly BillLine[];
  /** US dollars: the sum of the lines. */
  readonly total: number;
  readonly freeTier: boolean;
  readonly currency: 'USD';
}
