-- Payers whose payments facilitators refused to settle, for an hour after the last one; see Book.countRefusal.
create table farebox_payer_refusal (
    payer    varchar(200) not null,
    refusals integer      not null,
    last_at  bigint       not null,
    constraint farebox_payer_refusal_pk primary key (payer)
);

create index farebox_payer_refusal_last on farebox_payer_refusal (last_at);
