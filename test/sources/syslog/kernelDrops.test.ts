import { expect } from 'chai';
import { sumDrops } from '../../../src/sources/syslog/kernelDrops.ts';

const table = `\
   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  101: 0100007F:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 31337 2 0000000000000000 12
  102: 00000000:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 31338 2 0000000000000000 3
  103: 0100007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 31339 2 0000000000000000 99
`;

describe('datagrams that the kernel dropped', () => {
  it('are those of the sockets of a port, in the last column', () => expect(sumDrops(table, 5514)).to.equal(15));
  it('are none where nobody listens', () => expect(sumDrops(table, 514)).to.equal(0));
});
