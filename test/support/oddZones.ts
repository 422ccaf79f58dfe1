/** Zones whose days misbehave: twice midnight, no midnight, half-hour changes, a day that never was. */
export const oddZones = [
  'America/Havana',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'America/New_York',
  'Asia/Kolkata',
  'UTC',
];
