import type { WorldPlace } from './places.ts';

/** Everything but database drivers, hardware, and what wants the network. */
export const MODULES = `[modules]
autoload = yes
${[
  'cdr_adaptive_odbc cdr_odbc cdr_pgsql cdr_radius cdr_tds cdr_sqlite3_custom cdr_custom cdr_csv cel_custom cel_odbc cel_pgsql',
  'cel_radius cel_sqlite3_custom cel_tds res_config_odbc res_config_pgsql res_config_ldap res_config_curl res_odbc',
  'res_odbc_transaction res_snmp res_xmpp res_calendar res_calendar_caldav res_calendar_ews',
  'res_calendar_exchange res_calendar_icalendar chan_iax2 chan_motif chan_unistim chan_console chan_rtp',
  'chan_websocket chan_audiosocket pbx_dundi pbx_ael pbx_lua res_phoneprov res_prometheus res_stun_monitor',
  'res_ari res_ari_applications res_ari_asterisk res_ari_bridges res_ari_channels res_ari_device_states',
  'res_ari_endpoints res_ari_events res_ari_model res_ari_playbacks res_ari_recordings res_ari_sounds',
  'res_hep res_hep_pjsip res_hep_rtcp app_jack app_festival app_minivm app_voicemail_odbc app_adsiprog res_adsi',
  'app_alarmreceiver app_sms app_dictate res_smdi res_fax res_fax_spandsp res_aeap res_speech_aeap res_geolocation',
  'res_pjsip_geolocation res_stir_shaken res_pjsip_stir_shaken res_resolver_unbound cel_manager',
  'res_pjsip_phoneprov_provider res_statsd res_websocket_client res_http_media_cache app_ogg res_config_sqlite3',
]
  .flatMap((line) => line.split(' '))
  .map((name) => `noload = ${name}.so`)
  .join('\n')}
`;

/** There is no music in the package: its spoken digits do. */
export const MUSIC = `[default]
mode = files
directory = /usr/share/asterisk/sounds/en_US_f_Allison/digits
`;

export function rtp(start: number): string {
  return `[general]\nrtpstart = ${start}\nrtpend = ${start + 999}\nstrictrtp = no\nicesupport = no\n`;
}

export function pjsipGeneral(place: WorldPlace): string {
  return `[global]
type = global
endpoint_identifier_order = username,ip,anonymous
[udp]
type = transport
protocol = udp
bind = ${place.address}:${place.sipPort}
`;
}
